"""Whether a value fits a shape as it stands, in the normal form or in another accepted one."""

from __future__ import annotations

from travistool.schema.elements import Element
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, STRING, Shape


def fits(shape: Shape, element: Element) -> bool:
    """Tell whether the value has one of the shape's forms all the way down. Fixed sets of values are not looked at.

    Null, an empty map and an empty list fit everything but a bare secret.
    """
    if fits_normal(shape, element):
        return True
    return any(fits(form, element) for form in shape.also) or any(fits(form, element) for form in shape.accepts)


def fits_normal(shape: Shape, element: Element) -> bool:
    """Tell whether the value has the normal form that the shape's rewrites lead to; inside it any form will do."""
    kind = shape.kind
    if kind == CHOICE:
        return any(fits(form, element) for form in shape.forms)
    if kind == SECRET:
        return element.kind in ("secure", "str")
    if element.value is None or element.value in ({}, []):
        # Officially an empty map or list counts as nothing here.
        return kind != STRING or shape.formatted("" if element.value is None else str(element.value))
    if kind == STRING:
        return element.kind == "str" and shape.formatted(str(element.value))
    if kind == MAP:
        return element.kind == "map" and _fits_map(shape, element)
    if kind == LIST:
        return element.kind == "seq" and all(fits(shape.item, item) for item in element.items)
    return (kind == NUMBER and element.kind == "num") or (kind == BOOLEAN and element.kind == "bool")


def _fits_map(shape: Shape, element: Element) -> bool:
    shapes = shape.children
    for key, child in element.children.items():
        known = shapes[key]
        if known is not None:
            if not fits(known, child):
                return False
        elif not is_private(key) and (shape.strict or not shape.key_formatted(key)):
            return False
    return True


def is_private(key: str) -> bool:
    """Tell whether a key is the user's own: it starts with `_` or a dot and is never reported."""
    return key.startswith(("_", "."))
