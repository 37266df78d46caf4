"""Rewriting what may be written short into the normal form: one function per kind of shorthand."""

from __future__ import annotations

from collections.abc import Callable

from travistool.schema.cast import to_boolean
from travistool.schema.elements import Element, copy, flatten, mapping, rename, scalar, sequence
from travistool.schema.fits import fits_normal
from travistool.schema.run import Run
from travistool.schema.shape import BOOLEAN, Shape
from travistool.schema.stopwords import similar

Change = Callable[[Run, Shape, Element], Element]


def expand_cache(run: Run, shape: Shape, element: Element) -> Element:
    """Turn `cache: pip` and `cache: [pip, dir]` into a map: what is no preset is a directory."""
    presets = [key for key in shape.keys if key != "edge" and _is_boolean(shape, key)]
    if element.kind == "str":
        name = str(element.value)
        found = similar(presets, name)
        if found is not None and found != name:
            run.say("info", element, "find_value", {"original": name, "value": found})
            name = found
        return mapping(element, _cached(presets, name, scalar(element, name)))
    if element.kind != "seq":
        return element
    parts = list(_cache_parts(presets, element.items))
    children: dict[str, Element] = parts[0] if parts else {}
    for part in parts[1:]:
        _merge(children, part)
    return mapping(element, children)


def _is_boolean(shape: Shape, key: str) -> bool:
    child = shape.key(key)
    return child is not None and child.kind == BOOLEAN


def _cache_parts(presets: list[str], items: list[Element]) -> list[dict[str, Element]]:
    parts: list[dict[str, Element]] = []
    for item in items:
        if item.kind == "seq":
            parts.extend(_cache_parts(presets, item.items))
        elif item.kind in ("map", "secure"):
            # Officially any value of a preset key means yes here, `npm: false` too.
            parts.extend(
                {key: scalar(child, True) if key in presets else child} for key, child in item.children.items()
            )
        else:
            parts.append(_cached(presets, str(item.value) if item.kind == "str" else "", item))
    return parts


def _cached(presets: list[str], name: str, element: Element) -> dict[str, Element]:
    if name in presets:
        return {name: scalar(element, True)}
    return {"directories": sequence(element, [copy(element)])}


def _merge(children: dict[str, Element], part: dict[str, Element]) -> None:
    """Merge as the official helper does: maps deeply, lists joined without repeats, else the later one."""
    for key, child in part.items():
        mine = children.get(key)
        if mine is not None and mine.kind == child.kind == "seq":
            items = list(mine.items)
            for item in child.items:
                if all(item.plain() != other.plain() for other in items):
                    items.append(item)
            children[key] = sequence(mine, items)
        elif mine is not None and mine.kind == child.kind == "map":
            merged = dict(mine.children)
            _merge(merged, child.children)
            children[key] = mapping(mine, merged)
        else:
            children[key] = child


def expand_enabled(shape: Shape, element: Element) -> Element:
    """Turn `true` into `enabled: true` where the map has that key, and `disabled: x` into `enabled: not x`."""
    if "enabled" in shape.keys and (element.kind == "bool" or element.value in ("yes", "no")):
        enabled = scalar(element, to_boolean(_raw(element)))
        element = mapping(element, {"enabled": enabled})
    if element.kind == "map" and "disabled" in element.children:
        children = dict(element.children)
        given = children.get("enabled")
        disabled = children.pop("disabled")
        if given is not None:
            children["enabled"] = scalar(given, _boolean(given))
        else:
            children["enabled"] = scalar(disabled, not _boolean(disabled))
        element = mapping(element, {key: child for key, child in children.items() if child.value not in ({}, [], "")})
    return element


def _raw(element: Element) -> str | int | float | bool:
    value = element.value
    assert isinstance(value, str | int | float)
    return value


def _boolean(element: Element) -> str | int | float | bool:
    if element.kind in ("str", "num", "bool"):
        return to_boolean(_raw(element))
    return element.kind != "none"


def expand_prefix(change: Change, run: Run, shape: Shape, element: Element) -> Element:
    """Put a bare value under the key it stands for, if the map then fits; `run` collects what that says either way."""
    key = shape.prefix
    if element.kind == "map" and key in element.children:
        return element
    if (shape.prefix_types and element.kind not in shape.prefix_types) or not element.given():
        return element
    if element.kind == "map":
        if all(child in shape.keys or child in shape.aliased for child in element.children):
            return element
        own = {name: child for name, child in element.children.items() if name not in shape.keys}
        known = {name: copy(child) for name, child in element.children.items() if name in shape.keys}
        inner = mapping(element, {name: copy(child) for name, child in own.items()})
        inner.selector = ""
        prefixed = mapping(element, {key: inner, **known})
    else:
        prefixed = mapping(element, {key: copy(element)})
    rename(prefixed.children[key], key, None, None)
    if not fits_normal(shape, prefixed):
        prefixed = change(run, shape, prefixed)
    return prefixed if fits_normal(shape, prefixed) else element


def inherit(change: Change, run: Run, shape: Shape, element: Element) -> Element:
    """Hand keys such as `on_success` down to every child that is a map and lacks them, and drop them here."""
    keys = shape.inherit
    children: dict[str, Element] = {}
    for key, given in element.children.items():
        child, child_shape = given, shape.key(key)
        if child.kind not in ("map", "seq") and child_shape is not None:
            child = change(run, child_shape, child)
        if child.kind == "seq":
            items = [_with(element, keys, item) if item.kind == "map" else item for item in child.items]
            child = sequence(child, items)
        children[key] = child
    # Lists get the values as they are when it is their turn; maps get them repaired, as the loop leaves them.
    return mapping(
        element,
        {
            key: _with(element, keys, child) if child.kind == "map" else child
            for key, child in children.items()
            if key not in keys
        },
    )


def _with(element: Element, keys: tuple[str, ...], child: Element) -> Element:
    handed = {key: copy(value) for key, value in element.children.items() if key in keys and key not in child.children}
    return mapping(child, {**child.children, **handed}) if handed else child


def parse_env(run: Run, element: Element) -> Element:
    """Turn rows of shell assignments into maps; a row that does not parse becomes an empty map."""
    if element.kind == "map":
        return sequence(element, [element])
    if element.kind == "str":
        return _parse_row(run, element)
    if element.kind != "seq":
        return element
    if all(item.kind == "map" for item in element.items):
        return element
    return sequence(element, [_env_row(run, item) for item in flatten(element)])


def _env_row(run: Run, item: Element) -> Element:
    if item.kind == "str":
        row = _parse_row(run, item)
        return row.items[0] if row.kind == "seq" else row
    if item.kind == "none" or item.value is False:
        return mapping(item, {})
    return item


def _parse_row(run: Run, element: Element) -> Element:
    # Imported late: it compiles patterns, and only configs with `env` need them.
    from travistool.grammar.shell_vars import ShellVarsError, parse  # noqa: PLC0415

    text = str(element.value)
    try:
        pairs = parse(text) if text else ()
    except ShellVarsError:
        element.errored = True
        run.say("error", element, "invalid_env_var", {"var": text})
        return sequence(element, [mapping(element, {})])
    row = mapping(element, {})
    for name, value in pairs:
        variable = scalar(element, value)
        rename(variable, name, None, None)
        variable.parent = row
        row.children[name] = variable
    return mapping(element, row.children)
