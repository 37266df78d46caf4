"""The first half of normalizing: rewrite the written form into the normal form. Never judges, but says what it did."""

from __future__ import annotations

from travistool.schema.cast import Scalar, to_boolean, to_number, to_string
from travistool.schema.elements import Element, copy, flatten, scalar, sequence, settle
from travistool.schema.fits import fits, fits_normal
from travistool.schema.keys import repair_keys
from travistool.schema.run import Run
from travistool.schema.select import selected
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, STRING, Shape
from travistool.schema.shorthand import expand_cache, expand_enabled, expand_prefix, inherit, parse_env
from travistool.schema.words import repair_value


def change(run: Run, shape: Shape, element: Element) -> Element:
    """Return the element in the normal form of its shape, as far as that can be had. May reuse and change it."""
    kind = shape.kind
    if kind == LIST:
        return _change_list(run, shape, element)
    if kind == MAP:
        return _change_map(run, shape, element)
    if kind == CHOICE:
        return _change_choice(run, shape, element)
    return _change_scalar(run, shape, element)


def _change_choice(run: Run, shape: Shape, element: Element) -> Element:
    if shape.select:
        return change(run, selected(shape, element) or shape.forms[0], element)
    if element.kind == "str" and shape.forms[0].simple:
        return element
    for form in shape.forms:
        attempt = _attempt(run, form, element)
        if fits(form, attempt):
            return attempt
    return element


def _attempt(run: Run, shape: Shape, element: Element) -> Element:
    """Change an element that may have to be kept as it was.

    Officially a scalar is repaired in place all the same, and so are the keys of a map unless defaults are filled in.
    """
    if element.kind not in ("map", "seq", "secure"):
        return change(run, shape, element)
    if element.kind == "map" and shape.kind == MAP and shape.strict and not run.options.defaults:
        repair_keys(run, shape, element)
    return change(run, shape, copy(element))


def _change_map(run: Run, shape: Shape, element: Element) -> Element:
    if shape.strict and element.kind == "map":
        element = repair_keys(run, shape, element)
    if shape.shorthand == "cache":
        element = expand_cache(run, shape, element)
    elif shape.shorthand == "enable":
        element = expand_enabled(shape, element)
    if shape.prefix:
        element = expand_prefix(change, run, shape, element)
    if element.kind == "seq":
        element = _pick(run, shape, element)
    if shape.inherit and element.kind == "map":
        element = inherit(change, run, shape, element)
    if element.kind == "map":
        _change_children(run, shape, element)
    return element


def _change_children(run: Run, shape: Shape, element: Element) -> None:
    children, shapes = element.children, shape.children
    rest = None if shape.strict else shape.rest
    for key, child in children.items():
        child_shape = shapes[key] or rest
        if child_shape is not None:
            children[key] = change(run, child_shape, child)
    settle(element)


def _change_list(run: Run, shape: Shape, element: Element) -> Element:
    item_shape = shape.item
    if element.kind == "seq" and item_shape.simple and all(item.kind == "str" for item in element.items):
        return element
    if shape.shorthand == "env":
        element = parse_env(run, element)
    if element.kind == "seq":
        if any(item.kind == "seq" for item in element.items):
            element = sequence(element, list(flatten(element)))
        element = _pick(run, shape, element)
    if element.kind != "seq":
        element = sequence(element, [element])
    element.value = [change(run, item_shape, item) for item in element.items]
    settle(element)
    return element


def _change_scalar(run: Run, shape: Shape, element: Element) -> Element:
    if element.kind == "seq":
        element = _pick(run, shape, element)
    if shape.kind == SECRET or element.kind in ("none", "map", "seq", "secure") or element.value == "":
        return element
    value = element.value
    assert isinstance(value, str | int | float)
    casted = _cast(shape, value)
    if casted is not value:
        element = scalar(element, casted)
    if shape.kind == STRING and shape.lower and isinstance(element.value, str):
        lowered = element.value.lower()
        if lowered != element.value:
            run.say("info", element, "downcase", {"value": element.value})
            element.value = lowered
    if shape.allowed and isinstance(element.value, str):
        repair_value(run, shape, element)
    return element


def _cast(shape: Shape, value: Scalar) -> Scalar:
    if shape.kind == STRING:
        return value if isinstance(value, str) else to_string(value)
    if shape.kind == BOOLEAN:
        return value if isinstance(value, bool) else to_boolean(value)
    assert shape.kind == NUMBER
    return to_number(value) if isinstance(value, str) else value


def _pick(run: Run, shape: Shape, element: Element) -> Element:
    """Take the first item of a list where the shape wants one value and the first item can be that."""
    items = element.items
    if not items:
        return element
    first = items[0]
    # A list is flat here, so the only first item that may stand for it is null, or an empty map.
    if (shape.kind == LIST and first.value is not None and first.value != {}) or fits_normal(shape, element):
        return element
    wanted = shape.kind == LIST
    if not wanted:
        attempt = _attempt(run, shape, first)
        wanted = fits_normal(shape, attempt) or (
            shape.kind in (STRING, NUMBER, BOOLEAN) and first.kind in ("str", "num", "bool", "none")
        )
    if not wanted:
        return element
    run.say("warn", element, "unexpected_seq", {"value": first.plain()})
    return first
