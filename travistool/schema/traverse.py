"""What the writer of the published schema asks of shapes: their parts, the other names of keys, where a prefix leads."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.schema.shape import CHOICE, LIST, MAP, SECRET, Shape


def reachable(root: Shape) -> Iterator[Shape]:
    """Yield the shape and all below it, each once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        shape = waiting.pop()
        if id(shape) in seen:
            continue
        seen.add(id(shape))
        yield shape
        waiting += [*children(shape), *shape.also, *parts(shape)]


def children(shape: Shape) -> list[Shape]:
    """Return the shapes of a map's keys."""
    return [child for _, child in keys_of(shape)]


def parts(shape: Shape) -> list[Shape]:
    """Return what a list, an open map or a choice is made of."""
    if shape.kind == LIST:
        return [shape.item]
    if shape.kind == CHOICE:
        return list(shape.forms)
    return [shape.rest] if shape.kind == MAP and shape.rest is not None else []


def keys_of(shape: Shape) -> Iterator[tuple[str, Shape]]:
    """Yield the keys of a map with their shapes, in Travis's order."""
    for name in shape.keys:
        child = shape.children[name]
        assert child is not None
        yield name, child


def innermost(shape: Shape) -> Shape:
    """Return the item of a list, the first form of a choice."""
    while shape.kind in (LIST, CHOICE):
        shape = shape.item if shape.kind == LIST else shape.forms[0]
    return shape


def secret_in(shape: Shape) -> Shape | None:
    """Return the secret that may stand for a list, a choice or a map with a prefix; None when there is none."""
    if shape.kind == LIST:
        return secret_in(shape.item)
    prefix = shape.children[shape.prefix] if shape.prefix and not shape.prefix_types else None
    if prefix is not None:
        return secret_in(prefix)
    if shape.kind == SECRET:
        return shape
    return next((form for form in (*shape.also, *parts(shape)) if form.kind == SECRET), None)


def aliases(shape: Shape, key: str) -> list[str]:
    """Return the other names of a key; a name that is a key of its own is none.

    A key that must be there has none: Travis adds it, empty, before it looks at other names, and reports that one
    overwrites the other.
    """
    if key in shape.required:
        return []
    return [alias for alias, name in shape.aliased.items() if name == key and alias not in shape.keys]


def overwriting(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield pairs of names of the same key: the later one would overwrite the earlier."""
    for key in shape.keys:
        names = [key, *aliases(shape, key)]
        yield from ((first, second) for at, first in enumerate(names) for second in names[at + 1 :])
