"""Judging a map once its children are judged: unknown, missing, deprecated and empty keys, and its condition."""

from __future__ import annotations

from travistool.schema.elements import Element, mapping
from travistool.schema.fits import is_private
from travistool.schema.run import Run
from travistool.schema.shape import Shape
from travistool.schema.support import conflicts_at

# A key of the API's request payload that may stand in any map.
_IGNORED = "merge_mode"


def judge_map(run: Run, shape: Shape, element: Element) -> Element:
    """Return the map as the config holds it afterwards. The order of the checks is the official one."""
    if element.kind == "map":
        element = _check_keys(run, shape, element)
    if not element.given():
        element = _drop_empty(run, element)
    if element.given():
        if shape.experimental:
            run.say("info", element, "edge", {})
        if element.kind == "map":
            _check_deprecated(run, shape, element)
    if element.kind == "map" and "if" in shape.keys:
        element = _check_condition(run, element)
    return element


def _check_keys(run: Run, shape: Shape, element: Element) -> Element:
    if shape.unique_in_build and element.children:
        _check_unique_in_build(run, element)
    if shape.strict and element.children:
        _check_unknown(run, shape, element)
    if shape.limited_keys and run.options.support and not shape.limited_keys.isdisjoint(element.children):
        _check_supported(run, shape, element)
    if shape.strict and any(not child.value and child.missing() for child in element.children.values()):
        element = mapping(element, {key: child for key, child in element.children.items() if not child.missing()})
    if shape.required and run.options.defaults and element.kind == "map":
        element = _check_required(run, shape, element)
    return element


def _check_unique_in_build(run: Run, element: Element) -> None:
    if element.parent is None:
        return
    name = next(iter(element.children.values())).value
    if name in run.build_names:
        run.say("error", element, "duplicate", {"values": run.build_names})
    else:
        run.build_names.append(name)


def _check_unknown(run: Run, shape: Shape, element: Element) -> None:
    keys = shape.keys
    unknown = [
        child
        for key, child in element.children.items()
        if key not in keys and not is_private(key) and key != _IGNORED and child.given()
    ]
    for child in unknown:
        if child.key in run.anchors:
            args: dict[str, object] = {"key": child.key, "info": "anchor on a non-private key"}
            run.say("warn", element, "deprecated_key", args, key=child)
            continue
        run.say("warn", element, "unknown_key", {"key": child.key, "value": child.plain()}, key=child)
        if run.options.drop:
            del element.children[child.key]


def _check_supported(run: Run, shape: Shape, element: Element) -> None:
    for key, child in element.children.items():
        if key not in shape.limited_keys:
            continue
        child_shape = shape.key(key)
        assert child_shape is not None
        for on_key, on_value in conflicts_at(element, child_shape.only, child_shape.but):
            args = {"on_key": on_key, "on_value": on_value, "key": key, "value": child.plain()}
            run.say("warn", child, "unsupported", args, span=child.key_span())


def _check_required(run: Run, shape: Shape, element: Element) -> Element:
    missing = [key for key in shape.required if (child := element.get(key)) is None or child.missing()]
    for key in missing:
        element.errored = True
        run.say("error", element, "required", {"key": key}, span=element.first_key_span())
    return _blank(element) if missing and run.options.drop else element


def _drop_empty(run: Run, element: Element) -> Element:
    if element.kind == "secure" or (run.options.empty and not element.errored):
        run.say("warn", element, "empty", {"key": element.path()})
    return _blank(element)


def _blank(element: Element) -> Element:
    return mapping(element, {})


def _check_deprecated(run: Run, shape: Shape, element: Element) -> None:
    deprecated = shape.deprecated_keys
    if deprecated:
        for key, child in element.children.items():
            if key in deprecated:
                run.say("warn", element, "deprecated_key", {"key": key, "info": deprecated[key]}, key=child)


def _check_condition(run: Run, element: Element) -> Element:
    condition = element.get("if")
    if condition is None or condition.kind != "str":
        return element
    # Imported late: most configs have no condition.
    from travistool.grammar.conditions import check  # noqa: PLC0415

    choice = element.root().get("conditions")
    version = "v0" if choice is not None and choice.value == "v0" else "v1"
    text = str(condition.value)
    problem = check(text, version)
    if problem is None:
        return element
    condition.errored = True
    # The official parser has a text for two kinds only, and that text is part of its result.
    message = None
    if version == "v1" and problem.kind == "shell":
        message = (
            "Strings cannot start with a dollar (shell code does not work). This can be bypassed by quoting the string."
        )
    elif version == "v1" and problem.kind == "regex":
        message = f"Invalid regular expression: /{problem.pattern}/"
    run.say("error", condition, "invalid_condition", {"condition": text, "message": message})
    return _blank(element) if run.options.drop else element
