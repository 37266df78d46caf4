"""Merging configs: the parts of a build request, most important first, into one value.

Source: travis-yml lib/travis/yml/parts/merge.rb and support/merge.rb at 8d6f36f.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from travistool.document.values import Value
from travistool.record import Record

MODES = ("merge", "deep_merge", "deep_merge_append", "deep_merge_prepend", "replace")
"""How a less important config is merged in. The first is shallow, the last drops it."""

DEFAULT = "deep_merge_append"


class Part(Record):
    """One config of a request.

    `mode` says how it merges into the more important part before it, `takes` how it takes in the part behind it;
    the latter wins where both are given.
    """

    value: Value
    mode: str | None = None
    takes: str | None = None


def merge(parts: Sequence[Part]) -> Value:
    """Return all parts in one; what stands in an earlier part wins. Raises ValueError for no parts, or a bad mode."""
    if not parts:
        raise ValueError("nothing to merge")
    *others, last = parts
    merged, mode = last.value, last.mode
    for part in reversed(others):
        merged, mode = _apply(part.takes or mode or DEFAULT, part.value, merged), part.mode
    return merged


def _apply(mode: str, mine: Value, theirs: Value) -> Value:
    action = _ACTIONS.get(mode)
    if action is None:
        raise ValueError(f"unknown merge mode '{mode}'")
    return action(mine, theirs)


def _replace(mine: Value, _: Value) -> Value:
    return mine


def _shallow(mine: Value, theirs: Value) -> Value:
    return _combine(mine, theirs, lambda my, _: my)


def _deep(mine: Value, theirs: Value) -> Value:
    def join(my: Value, their: Value) -> Value:
        if isinstance(my.data, dict) and isinstance(their.data, dict):
            return _apply(my.mode or "deep_merge", my, their)
        if isinstance(my.data, list) and isinstance(their.data, list) and my.mode:
            return _apply(my.mode, my, their)
        return my

    return _combine(mine, theirs, join)


def _deep_append(mine: Value, theirs: Value) -> Value:
    return _deep_lists(mine, theirs, "deep_merge_append", "append")


def _deep_prepend(mine: Value, theirs: Value) -> Value:
    return _deep_lists(mine, theirs, "deep_merge_prepend", "prepend")


def _deep_lists(mine: Value, theirs: Value, for_maps: str, for_lists: str) -> Value:
    def join(my: Value, their: Value) -> Value:
        if isinstance(my.data, dict) and isinstance(their.data, dict):
            return _apply(my.mode or for_maps, my, their)
        if isinstance(my.data, list) and isinstance(their.data, list):
            return _apply(my.mode or for_lists, my, their)
        return my

    return _combine(mine, theirs, join)


def _append(mine: Value, theirs: Value) -> Value:
    return _with_data(mine, [*_items(theirs), *_items(mine)])


def _prepend(mine: Value, theirs: Value) -> Value:
    return _with_data(mine, [*_items(mine), *_items(theirs)])


def _combine(mine: Value, theirs: Value, join: Callable[[Value, Value], Value]) -> Value:
    if not isinstance(mine.data, dict) or not isinstance(theirs.data, dict):
        return mine
    data = dict(mine.data)
    for key, their in theirs.data.items():
        my = data.get(key)
        data[key] = their if my is None else join(my, their)
    return _with_data(mine, data)


def _items(value: Value) -> list[Value]:
    return value.data if isinstance(value.data, list) else []


def _with_data(value: Value, data: dict[str, Value] | list[Value]) -> Value:
    return Value(data, value.source, value.node, value.key, value.mode, value.duplicates)


_ACTIONS: dict[str, Callable[[Value, Value], Value]] = {
    "replace": _replace,
    "merge": _shallow,
    "deep_merge": _deep,
    "deep_merge_append": _deep_append,
    "deep_merge_prepend": _deep_prepend,
    "append": _append,
    "prepend": _prepend,
}
