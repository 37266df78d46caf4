"""Where in the schema an element stands, how that place is called, and where else a key is at home."""

from collections.abc import Iterator
from functools import cache

from travistool.document.nodes import Scalar
from travistool.schema.elements import Element
from travistool.schema.fits import fits
from travistool.schema.select import selected
from travistool.schema.shape import CHOICE, LIST, MAP, Shape
from travistool.schema.store import load

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
    """Return the name of a map for people: "the top level", "a job", "'deploy' (npm)", "'addons.apt'"."""
    path = element.path()
    if path == "root":
        return "the top level"
    if path in _ENTRIES:
        return _ENTRIES[path]
    chosen = element.get(element.selector) if element.selector else None
    path = path.removeprefix("jobs.include.")
    return f"'{path}' ({chosen.value})" if chosen is not None else f"'{path}'"


_ENTRIES = {
    "jobs.include": "a job",
    "jobs.exclude": "an entry of 'jobs.exclude'",
    "jobs.allow_failures": "an entry of 'jobs.allow_failures'",
}


def home(element: Element, key: str) -> str | None:
    """Return where a key unknown to `element` is known, for people; None when nowhere, or in too many places."""
    key = key.replace("-", "_")
    outer = element.parent
    while outer is not None:
        shape = shape_of(outer) if outer.kind == "map" else None
        if shape is not None and shape.kind == MAP and _knows(shape, key):
            return place(outer)
        outer = outer.parent
    path = element.path()
    near = "" if path in ("root", "jobs.include") else f"{path.removeprefix('jobs.include.')}."
    found = [known for known in _homes().get(key, ()) if known != near.rstrip(".")]
    best = [known for known in found if known.startswith(near)] if near else []
    found = best or found
    shortest = [known for known in found if known.count(".") == min(other.count(".") for other in found)]
    if len(shortest) != 1:
        return None
    return "the top level" if shortest[0] == "" else f"'{shortest[0]}'"


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


def _knows(shape: Shape, key: str) -> bool:
    return key in shape.keys or key in shape.aliased


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


def written_key(element: Element) -> str:
    """Return the key as the user wrote it, the nearest one above where the element's own is not written."""
    found: Element | None = element
    while found is not None:
        if isinstance(found.key_node, Scalar):
            return found.key_node.text.removeprefix(":")
        found = found.parent
    return element.key
