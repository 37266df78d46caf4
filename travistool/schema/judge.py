"""The second half of normalizing: judge the normal form, fill in defaults, drop what is empty. Children first."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.schema.elements import Element, scalar, settle
from travistool.schema.fits import fits, fits_normal
from travistool.schema.maps import judge_map
from travistool.schema.run import Run
from travistool.schema.select import selected
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, STRING, Shape
from travistool.schema.support import conflicts_at

_OFFICIAL = {MAP: "map", LIST: "seq", STRING: "str", NUMBER: "num", BOOLEAN: "bool", SECRET: "secure"}


def judge(run: Run, shape: Shape, element: Element) -> Element:
    """Return the element as the config holds it afterwards; everything wrong with it is said to `run`."""
    kind = shape.kind
    if kind == CHOICE or shape.also:
        shape = _form(shape, element)
        kind = shape.kind
    if kind == MAP:
        if element.kind == "map":
            _judge_children(run, shape, element)
        element = _check_type(run, shape, element)
        return judge_map(run, shape, element)
    if kind == LIST:
        return _judge_list(run, shape, element)
    return _judge_scalar(run, shape, element)


def _form(shape: Shape, element: Element) -> Shape:
    """Return the one of several normal forms that the value has; the first when it has none."""
    while shape.kind == CHOICE or shape.also:
        if shape.kind == CHOICE:
            if element.kind == "str" and shape.forms[0].simple:
                return shape.forms[0]
            chosen = selected(shape, element) if shape.select else None
            shape = chosen or next((form for form in shape.forms if fits(form, element)), shape.forms[0])
            continue
        other = (
            None
            if fits_normal(shape, element)
            else next((form for form in shape.also if fits_normal(form, element)), None)
        )
        if other is None:
            return shape
        shape = other
    return shape


def _judge_children(run: Run, shape: Shape, element: Element) -> None:
    children, shapes, rest = element.children, shape.children, shape.rest
    for key, child in children.items():
        child_shape = shapes[key] or rest
        if child_shape is not None:
            children[key] = judged = judge(run, child_shape, child)
            judged.parent = element


def _judge_list(run: Run, shape: Shape, element: Element) -> Element:
    item_shape = shape.item
    is_plain = element.kind == "seq" and item_shape.simple and all(item.kind == "str" for item in element.items)
    if element.kind == "seq" and not is_plain:
        items = []
        for item in element.items:
            judged = judge(run, item_shape, item)
            judged.parent = element
            if judged.kind != "none":
                items.append(judged)
        element.value = items
        settle(element)
    element = _check_type(run, shape, element)
    if (
        element.kind == "seq"
        and not is_plain
        and shape.shorthand != "env"
        and any(item.missing() for item in element.items)
    ):
        element.value = [item for item in element.items if not item.missing()]
    element = drop_empty(run, shape, element)
    if element.kind == "seq" and element.items and item_shape.kind == MAP:
        _check_unique(run, item_shape, element)
    return _check_flags(run, shape, element)


def _check_unique(run: Run, shape: Shape, element: Element) -> None:
    found, again = [], []
    for key in shape.unique_keys:
        first: dict[str, Element] = {}
        repeated: dict[str, None] = {}
        for item in element.items:
            child = item.get(key) if item.kind == "map" else None
            if child is None or child.value is None:
                continue
            # 1 and "1" differ to Travis, but not in what it prints.
            name = repr(child.plain())
            if name in first:
                repeated[str(child.plain())] = None
                again.append((first[name], child))
            else:
                first[name] = child
        if repeated:
            found.append(f"{key}: {', '.join(repeated)}")
    if found:
        before, child = again[0]
        run.say(
            "info",
            element,
            "duplicate",
            {"values": ", ".join(found)},
            span=child.span(),
            related=((before.span(), "first given here"),),
        )


def _judge_scalar(run: Run, shape: Shape, element: Element) -> Element:
    element = _check_type(run, shape, element)
    if shape.allowed and element.kind in ("str", "num", "bool"):
        element = _check_allowed(run, shape, element)
    if (
        shape.allowed
        and shape.limited_values
        and run.options.support
        and element.kind in ("str", "num", "bool", "none")
    ):
        _check_supported(run, shape, element)
    if shape.defaults and run.options.defaults and element.kind != "map" and element.missing():
        element = _fill_default(run, shape, element)
    if shape.kind == SECRET:
        _check_secret(run, shape, element)
    if element.kind == "secure":
        element = drop_empty(run, shape, element)
    element = _check_flags(run, shape, element)
    if shape.kind == STRING:
        if shape.format and element.value is not None:
            element = _check_format(run, shape, element)
        if shape.variables:
            _check_variables(run, shape, element)
    return element


def _check_type(run: Run, shape: Shape, element: Element) -> Element:
    if not element.given():
        return element
    expected = _OFFICIAL[shape.kind]
    if shape.kind == SECRET:
        if shape.strict and element.kind == "secure" and not is_encoded(element):
            run.say("warn", element, "invalid_secure", {"value": element.plain()})
            if not str(element.children["secure"].value).startswith("$"):
                run.secrets.append(element.children["secure"])
            return element
        if element.kind in ("secure", "str"):
            return element
        run.secrets.extend(_texts(element))
    elif element.kind == expected:
        return element
    element.errored = True
    run.say("error", element, "invalid_type", {"expected": expected, "actual": element.kind, "value": element.plain()})
    both_scalar = shape.kind in (STRING, NUMBER, BOOLEAN) and element.kind in ("str", "num", "bool")
    return blank(shape, element) if run.options.drop and not both_scalar else element


def _texts(element: Element) -> Iterator[Element]:
    """Yield the scalars in a value that is no secret but stands where one belongs."""
    if element.children or element.items:
        for child in (*element.children.values(), *element.items):
            yield from _texts(child)
    elif element.value is not None:
        yield element


def is_encoded(element: Element) -> bool:
    """Tell whether a secret's text is base64 without faults, blanks aside."""
    # Imported late: most configs hold no secret.
    from binascii import Error, a2b_base64, b2a_base64  # noqa: PLC0415

    text = "".join(str(element.children["secure"].value).split())
    try:
        return b2a_base64(a2b_base64(text, strict_mode=True), newline=False).decode() == text
    except (Error, ValueError):
        return False


def blank(shape: Shape, element: Element) -> Element:
    """Return nothing in the place of `element`: an empty map or list where the shape is one, else null."""
    value: dict[str, Element] | list[Element] | None = None
    if shape.kind == MAP:
        value = {}
    elif shape.kind == LIST:
        value = []
    kind = {MAP: "map", LIST: "seq"}.get(shape.kind, "none")
    return Element(kind, value, element.source, element.node, element.key, element.key_node, element.parent)


def drop_empty(run: Run, shape: Shape, element: Element) -> Element:
    """Replace what holds nothing by a blank; say so where the options ask for it, always for an empty secret."""
    if element.given():
        return element
    if element.kind == "secure" or (run.options.empty and not element.errored):
        run.say("warn", element, "empty", {"key": element.path()})
    return blank(shape, element)


def _check_allowed(run: Run, shape: Shape, element: Element) -> Element:
    value = element.value
    if value == "" or shape.allows(value):
        return element
    element.errored = True
    run.say("error", element, "unknown_value", {"value": value})
    return blank(shape, element) if run.options.drop else element


def _check_supported(run: Run, shape: Shape, element: Element) -> None:
    limited = next((allowed for allowed in shape.limited_values if allowed.value == element.value), None)
    if limited is None or not element.value:
        return
    for key, value in conflicts_at(element.parent, limited.only, limited.but):
        args = {"on_key": key, "on_value": value, "key": element.key, "value": element.value}
        run.say("warn", element, "unsupported", args)


def _fill_default(run: Run, shape: Shape, element: Element) -> Element:
    for default in shape.defaults:
        limits = next((allowed for allowed in shape.allowed if allowed.value == default.value), None)
        only, but = (
            (limits.only, limits.but)
            if limits is not None and (limits.only or limits.but)
            else (default.only, default.but)
        )
        if conflicts_at(element.parent, only, but):
            continue
        parent = element.parent
        assert parent is not None
        if parent.kind == "seq" and parent.key == element.key and parent.parent is not None:
            parent = parent.parent
        span = element.key_span() if element.key_node is not None else parent.first_key_span()
        args = {"key": element.key, "default": default.value}
        run.say("info", parent, "default", args, span=span, key=element)
        return scalar(element, default.value)
    return element


def _check_secret(run: Run, shape: Shape, element: Element) -> None:
    if not (shape.strict and run.options.alert and element.kind == "str"):
        return
    text = str(element.value)
    if text.startswith("$") and ":$" not in text:
        return
    run.secrets.append(element)
    run.say("alert", element, "secure", {"type": "str"})
    if element.parent is not None and element.parent.key == "vault":
        message = 'The token value must be put under "secure" section'
        element.errored = True
        run.say("error", element, "secure", {"message": message})


def _check_flags(run: Run, shape: Shape, element: Element) -> Element:
    if not element.given():
        return element
    if shape.experimental:
        run.say("info", element, "edge", {})
    if shape.allowed and element.kind == "str":
        allowed = next((allowed for allowed in shape.allowed if allowed.value == element.value), None)
        if allowed is not None and allowed.deprecated is not None:
            run.say("warn", element, "deprecated_value", {"value": element.value, "info": allowed.deprecated})
    return element


def _check_format(run: Run, shape: Shape, element: Element) -> Element:
    if element.kind == "str" and shape.formatted(str(element.value)):
        return element
    element.errored = True
    run.say("error", element, "invalid_format", {"format": shape.format, "value": element.plain()})
    return blank(shape, element) if run.options.drop else element


def _check_variables(run: Run, shape: Shape, element: Element) -> None:
    text = "" if element.value is None else str(element.value)
    for part in text.split("%{")[1:]:
        name, closed, _ = part.partition("}")
        if closed and name and name not in shape.variables:
            run.say("warn", element, "unknown_var", {"var": name})
