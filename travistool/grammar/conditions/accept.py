"""Whether a condition lets a job, stage, notification or import pass (travis-yml lib/travis/yml/helper/condition.rb)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from travistool.grammar.conditions import parse
from travistool.grammar.conditions.data import Data, DataError, to_text
from travistool.grammar.conditions.errors import ConditionError
from travistool.grammar.conditions.evaluate import evaluate


def accepts(condition: Any, config: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Return whether `condition` holds for `config` (a job, or what else has an `if`), built for the event `data`.

    Conditions are always read as v1, also with `conditions: v0`. No condition, a list and a map accept; a condition
    that cannot be read or evaluated does not. (The official code crashes for some of the latter, which we do not.)
    Raises UntranslatableRegexError.
    """
    if condition is None or isinstance(condition, list | dict):
        return True
    try:
        return evaluate(parse(to_text(condition)), Data(merge(data, config)))
    except (ConditionError, DataError):
        return False


def merge(data: Mapping[str, Any], config: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` with everything from `config` on top; lists, above all `env`, are joined.

    `env` with `global` and `jobs` counts as one map with the variables of all rows, an accepted oddity.
    """
    config = dict(config)
    env = config.get("env")
    if isinstance(env, dict):
        env = _merge_rows([env.get(key) for key in ("global", "jobs", "matrix")])
    if isinstance(env, dict | str):
        env = [env]
    if "env" in config:
        config["env"] = env
    return _merge(data, config)


def _merge_rows(rows: Any) -> Any:
    """Merge maps in nested lists. A single text stays one; official code crashes for texts next to others."""
    found = [row for row in _flatten(rows) if row is not None]
    if len(found) == 1:
        return found[0]
    if not all(isinstance(row, dict) for row in found):
        return found
    merged: dict[str, Any] = {}
    for row in found:
        merged = _merge(merged, row)
    return merged


def _flatten(rows: Any) -> list[Any]:
    return [one for row in rows for one in _flatten(row)] if isinstance(rows, list) else [rows]


def _merge(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    return {**left, **{key: _join(left[key], value) if key in left else value for key, value in right.items()}}


def _join(left: Any, right: Any) -> Any:
    match left, right:
        case dict(), dict():
            return _merge(left, right)
        case list(), list():
            unique: dict[Hashable, Any] = {}
            for item in (*left, *right):
                unique.setdefault(_identity(item), item)
            return list(unique.values())
        case _:
            return right


def _identity(value: Any) -> Hashable:
    """What makes two list items the same: unlike in Python, 1, 1.0 and true are three."""
    match value:
        case list():
            return ("list", tuple(map(_identity, value)))
        case dict():
            return ("dict", frozenset((key, _identity(one)) for key, one in value.items()))
        case _:
            return (type(value).__name__, value)
