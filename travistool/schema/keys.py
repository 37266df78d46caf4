"""Repairing the keys of a map: other names, dashes, odd characters, typos; and adding the keys that must be there."""

from __future__ import annotations

import re

from travistool.schema.elements import Element
from travistool.schema.fits import is_private
from travistool.schema.run import Run
from travistool.schema.shape import Shape
from travistool.schema.stopwords import similar, stopwords
from travistool.schema.store import misspellings

# Keys that the service itself once wrote into configs.
_INTERNAL = r"(?am)^\W*(configured|result|fetching_failed|parsing_failed)\W*$"
_EDGE_BLANKS = "(?am)^[\u00a0\\s]+|[\u00a0\\s]+$"
_ODD = r"(?a)[^\w.]"
_EDGE_UNDERSCORES = r"(?m)^__+|_+$"


def repair_keys(run: Run, shape: Shape, element: Element) -> Element:
    """Add missing keys (as null) and replace keys that only look unknown. Changes the map in place."""
    children = element.children
    if run.options.defaults and (shape.required or shape.default_keys):
        element.value = children = _with_missing(shape, element)
    keys = shape.keys
    unknown = [key for key in children if key not in keys]
    for key in unknown:
        if re.search(_INTERNAL, key):
            del children[key]
        elif not is_private(key):
            _move(run, shape, element, key)
    return element


def _with_missing(shape: Shape, element: Element) -> dict[str, Element]:
    given = element.children
    first = dict.fromkeys((*shape.required, *shape.default_keys))
    children = {key: given.get(key) or Element("none", None, element.source, None, key, None, element) for key in first}
    children.update(given)
    return children


def _move(run: Run, shape: Shape, parent: Element, key: str) -> None:
    """Put the child where its key belongs, at the end. A key that is there already is overwritten."""
    child = parent.children[key]
    repaired = repaired_key(run, shape, child)
    del parent.children[key]
    child.key = repaired
    parent.children[repaired] = child


def repaired_key(run: Run, shape: Shape, child: Element) -> str:
    """Return the known key that a child's key most likely means, or its last repaired form when there is none."""
    key = _from_alias(run, shape, child, child.key)
    if key in shape.keys or not run.options.fix:
        return key
    for step in (_strip, _underscore, _clean, _find):
        key = step(run, shape, child, key)
        key = _from_alias(run, shape, child, key)
        if key in shape.keys:
            return key
    return key


def _from_alias(run: Run, shape: Shape, child: Element, key: str) -> str:
    if key in shape.keys:
        return key
    name = shape.aliased.get(key) or shape.aliased.get(key.replace("-", "_"))
    if name is None or name == key:
        return key
    parent = child.parent
    assert parent is not None
    run.say("info", parent, "alias_key", {"alias": key, "key": name}, key=child)
    if name in parent.children:
        run.say("error", parent, "overwrite", {"key": key, "other": name}, span=child.key_span())
    return name


def _strip(run: Run, shape: Shape, child: Element, key: str) -> str:
    return _known_or_same(run, shape, child, key, re.sub(_EDGE_BLANKS, "", key), "warn", "strip_key")


def _underscore(run: Run, shape: Shape, child: Element, key: str) -> str:
    return _known_or_same(run, shape, child, key, underscored(key), "info", "underscore_key")


def _clean(run: Run, shape: Shape, child: Element, key: str) -> str:
    cleaned = re.sub(_ODD, "", key.replace("-", "_").replace(" ", "_"))
    cleaned = re.sub(_EDGE_UNDERSCORES, "", cleaned).replace("__", "_")
    return _known_or_same(run, shape, child, key, cleaned, "warn", "clean_key")


def _find(run: Run, shape: Shape, child: Element, key: str) -> str:
    seen = misspellings().get(key)
    if seen is not None and key not in stopwords() and seen in shape.keys:
        return _known_or_same(run, shape, child, key, seen, "warn", "find_key")
    found = similar(shape.own_keys, key)
    if found is None:
        return key
    _say_repaired(run, child, "warn", "find_key", key, found)
    return found


def _known_or_same(run: Run, shape: Shape, child: Element, key: str, repaired: str, level: str, code: str) -> str:
    if repaired not in shape.keys:
        return key
    if repaired != key:
        _say_repaired(run, child, level, code, key, repaired)
    return repaired


def _say_repaired(run: Run, child: Element, level: str, code: str, key: str, repaired: str) -> None:
    assert child.parent is not None
    run.say(level, child.parent, code, {"original": key, "key": repaired}, key=child)


def underscored(text: str) -> str:
    """Return CamelCase and dashed text in lower case with underscores."""
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text)
    text = re.sub(r"([a-z\d])([A-Z])", r"\1_\2", text, flags=re.ASCII)
    return text.replace("-", "_").lower()
