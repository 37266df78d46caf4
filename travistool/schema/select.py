"""Choosing among shapes by the value of one key: a deployment's provider names its shape."""

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
    for form in shape.forms:
        chosen = form.key(key)
        if chosen is None or len(chosen.allowed) != 1:
            continue
        known = str(chosen.allowed[0].value)
        if name == known or (similar((known,), name) == known):
            element.selector = key
            return form
    return None
