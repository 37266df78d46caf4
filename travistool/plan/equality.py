"""When Travis takes two values as equal. Ruby has two answers, and Python's is neither: there, `True == 1`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from travistool.grammar.conditions.data import is_equal

_T = TypeVar("_T")


def equal(left: Any, right: Any) -> bool:
    """Compare as Ruby's `==`: `1` is `1.0`, but `true` is not `1`."""
    # What Ruby takes as equal, Python does too: the careful look is only needed for the few that are.
    if left != right:
        return False
    return left is right or isinstance(left, str) or is_equal(left, right)


def identity(value: Any) -> Hashable:
    """Return a key that is equal for values that Ruby's `uniq` and `-` take as the same: `1`, `1.0` and `true` differ."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ("map", frozenset([(key, identity(item)) for key, item in value.items()]))
    if isinstance(value, list):
        return ("list", tuple([identity(item) for item in value]))
    return (type(value).__name__, value)


def unique(items: Iterable[_T], key: Callable[[_T], Hashable]) -> list[_T]:
    """Return the first item of each key, in order."""
    found: dict[Hashable, _T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())


def without(items: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Return the items that are not among `others`."""
    keys = {identity(other) for other in others}
    return [item for item in items if identity(item) not in keys]


def listed(value: Any) -> list[Any]:
    """Return a list as it is, anything else as the only item of one."""
    return value if isinstance(value, list) else [value]


def is_blank(value: Any) -> bool:
    """Tell whether there is nothing: null, or empty text, list or map."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def compact(value: Any) -> Any:
    """Return the value without blanks at any depth; what is empty then goes too."""
    if isinstance(value, dict):
        return {key: item for key, child in value.items() if not is_blank(item := compact(child))}
    if isinstance(value, list):
        return [item for child in value if not is_blank(item := compact(child))]
    return value
