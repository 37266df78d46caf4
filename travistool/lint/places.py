"""Where in the schema an element stands, how that place is called, and where else a key is at home."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from travistool.document.nodes import Scalar
from travistool.schema.elements import Element
from travistool.schema.fits import fits
from travistool.schema.run import Message
from travistool.schema.select import selected
from travistool.schema.shape import CHOICE, LIST, MAP, Shape
from travistool.schema.store import load
from travistool.source import Span

_DEPTH = 3


def shape_of(element: Element) -> Shape | None:
    """Return the shape of the place an element stands at, None when the schema has no such place."""
    parent = element.parent
    if parent is None:
        return load().root
    outer = shape_of(parent)
    if outer is None:
        return None
    if parent.kind == "seq":
        return _form(outer.item if outer.kind == LIST else outer, element)
    inner = outer.key(element.key) if outer.kind == MAP else None
    if inner is None and outer.kind == MAP:
        inner = outer.rest
    return None if inner is None else _form(inner, element)


def _form(shape: Shape, element: Element) -> Shape:
    """Return the form of a shape that an element has, or means by leaving out a list or a key."""
    while True:
        if shape.kind == CHOICE:
            chosen = selected(shape, element) if shape.select else None
            shape = chosen or next((form for form in shape.forms if fits(form, element)), shape.forms[0])
        elif shape.kind == LIST and element.kind != "seq":
            shape = shape.item
        elif shape.kind == MAP and shape.prefix and element.kind not in ("map", "seq", "none"):
            inner = shape.key(shape.prefix)
            if inner is None:
                return shape
            shape = inner
        else:
            return shape


def place(element: Element) -> str:
    """Return where a map is, for people: "at the top level", "in a job", "in 'deploy' (npm)", "in 'addons.apt'"."""
    path = element.path()
    if path in _NAMED:
        return _NAMED[path]
    chosen = element.get(element.selector) if element.selector else None
    path = path.removeprefix(_JOB)
    return f"in '{path}' ({chosen.value})" if chosen is not None else f"in '{path}'"


_JOB = "jobs.include."
_NAMED = {
    "root": "at the top level",
    "jobs.include": "in a job",
    "jobs.exclude": "in an item of 'jobs.exclude'",
    "jobs.allow_failures": "in an item of 'jobs.allow_failures'",
}
_HOMES = {"apt": "addons", "packages": "addons.apt"}
"""Homes of keys that several maps know, where one is nearly always meant."""


def home(element: Element, key: str) -> str | None:
    """Return where a key unknown to `element` belongs, for people; None when we cannot tell.

    First the maps around it are asked, then those below it and beside it; for a job and the top level, all maps.
    """
    key = key.replace("-", "_")
    outer = element.parent
    while outer is not None:
        shape = shape_of(outer) if outer.kind == "map" else None
        if shape is not None and shape.kind == MAP and (key in shape.keys or key in shape.aliased):
            return place(outer)
        outer = outer.parent
    path = element.path()
    if path.startswith("notifications."):
        # What another kind of notification knows says nothing about this one.
        return None
    known = [_HOMES[key]] if key in _HOMES else _homes().get(key, [])
    near = [""] if path in ("root", "jobs.include") else _nearest_first(path.removeprefix(_JOB))
    for prefix in near:
        found = [home for home in known if home.startswith(prefix) and home not in (path, "")]
        depth = min((home.count(".") for home in found), default=0)
        shortest = [home for home in found if home.count(".") == depth]
        if len(shortest) == 1:
            return f"in '{shortest[0]}'"
    return None


def _nearest_first(path: str) -> list[str]:
    """Return the prefixes of the paths below `path` and of those beside it."""
    around, dot, _ = path.rpartition(".")
    return [f"{path}.", f"{around}."] if dot else [f"{path}."]


def providers(key: str) -> tuple[str, ...]:
    """Return the deployment providers that know a key of their own."""
    deploy = load().root.key("deploy")
    common = ("script", "pages")
    found = []
    for form in deploy.item.forms if deploy is not None else ():
        chosen = form.key("provider")
        if chosen is not None and chosen.values and key.replace("-", "_") in form.keys:
            found.append(str(chosen.values[0]))
    return () if set(common) <= set(found) else tuple(found)


@cache
def _homes() -> dict[str, list[str]]:
    """Return the dotted paths of the maps that know a key, "" for the root; shallow ones only, no providers."""
    found: dict[str, list[str]] = {}
    for path, shape in _maps(load().root, "", 0):
        for key in (*shape.keys, *shape.aliased):
            paths = found.setdefault(key, [])
            if path not in paths:
                paths.append(path)
    return found


def _maps(shape: Shape, path: str, depth: int) -> Iterator[tuple[str, Shape]]:
    if shape.kind == LIST:
        yield from _maps(shape.item, path, depth)
    elif shape.kind == CHOICE and shape.forms:
        yield from _maps(shape.forms[0], path, depth)
    elif shape.kind == MAP:
        yield path, shape
        for key in shape.keys if depth < _DEPTH else ():
            inner = shape.key(key)
            if inner is not None and not (path == "" and key == "import"):
                yield from _maps(inner, f"{path}.{key}" if path else key, depth + 1)


def inside(message: Message, start: int, end: int) -> Span:
    """Return the place of a part of the text a message is about, given as 0-based offsets into that text.

    The whole text where it is not written as it reads (escapes, several lines).
    """
    span, node, text = message.span, message.element.node, str(message.element.value)
    if not isinstance(node, Scalar) or span.start != node.start:
        return span
    begin = node.start + (1 if node.style in ("'", '"') else 0)
    if span.source.text[begin : begin + len(text)] != text:
        return span
    start = min(start, max(len(text) - 1, 0))
    return Span(span.source, begin + start, begin + max(min(end, len(text)), start + 1))


def written_key(element: Element) -> str:
    """Return the key as the user wrote it, the nearest one above where the element's own is not written."""
    found: Element | None = element
    while found is not None:
        if isinstance(found.key_node, Scalar):
            return found.key_node.text.removeprefix(":")
        found = found.parent
    return element.key
