"""Choosing among shapes by the value of one key: a deployment's provider names its shape."""

from __future__ import annotations

from functools import cache

from travistool.schema.elements import Element
from travistool.schema.shape import Shape
from travistool.schema.stopwords import similar


def selected(shape: Shape, element: Element) -> Shape | None:
    """Return the form of a choice that the value of its key names, near misses included; None when none does.

    The element remembers the key, since official messages about it then repeat the value.
    """
    key = shape.select
    if element.kind in ("map", "secure"):
        child = element.get(key)
        name = child.value if child is not None else None
    elif element.kind == "seq":
        return None
    else:
        name = element.value
    if not isinstance(name, str):
        return None
    form = _form(shape, name)
    if form is not None:
        element.selector = key
    return form


@cache
def _form(shape: Shape, name: str) -> Shape | None:
    """Return the first form whose fixed value is, or nearly is, the name: a near one wins over a later exact one."""
    for form in shape.forms:
        chosen = form.key(shape.select)
        if chosen is not None and len(chosen.allowed) == 1:
            known = str(chosen.allowed[0].value)
            if name == known or similar((known,), name) == known:
                return form
    return None
