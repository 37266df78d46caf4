"""The matrix proper: each combination of the values of all matrix keys is a job."""

from __future__ import annotations

from itertools import product
from typing import Any

from travistool.plan.equality import compact, listed
from travistool.plan.limits import within_rows
from travistool.plan.model import Factor, Origin, OriginKind
from travistool.plan.planning import Draft, Planning, origin
from travistool.plan.support import supports_key
from travistool.schema.elements import Element
from travistool.schema.store import load

_ENV = "env"


def axes(planning: Planning) -> tuple[str, ...]:
    """Return the matrix keys that this config multiplies by, in Travis's order, `env` last."""
    config = planning.config
    return tuple(key for key in matrix_keys() if key in config and _is_given(config[key]) and supports_key(key, config))


def matrix_keys() -> tuple[str, ...]:
    """Return all keys that can multiply jobs, in Travis's order."""
    return (*load().axes, _ENV)


def _is_given(value: Any) -> bool:
    value = compact(value)
    return value is not None and value not in ("", [], {})


def rows(planning: Planning, keys: tuple[str, ...]) -> list[Draft] | None:
    """Return the jobs that the matrix keys give; None, with a diagnostic, when there are too many to plan."""
    if not keys:
        return []
    values = [_values(planning, key) for key in keys]
    planning.factors += [_factor(planning, key, one) for key, one in zip(keys, values, strict=True)]
    if not within_rows(planning):
        return None
    nested = any(isinstance(value, list) for one in values for value, _ in one)
    if nested:
        return [_draft(keys, _flat(row)) for row in product(*values)]
    return [_draft(keys, row) for row in product(*values)]


_Cell = tuple[Any, Origin]


def _factor(planning: Planning, key: str, values: list[_Cell]) -> Factor:
    element = planning.root.get(key)
    rows = element.get("jobs") if key == _ENV and element is not None else None
    place = rows if rows is not None and rows.key_node is not None else element
    return Factor(key, len(values), None if place is None else place.key_span())


def _draft(keys: tuple[str, ...], row: tuple[_Cell, ...]) -> Draft:
    return Draft(
        {key: cell[0] for key, cell in zip(keys, row, strict=False)},
        {key: cell[1] for key, cell in zip(keys, row, strict=False)},
    )


def _flat(row: tuple[_Cell, ...]) -> tuple[_Cell, ...]:
    """Flatten lists in the row as Travis does: what follows them moves to the next keys, what is missing is null."""
    leaves = tuple((value, place) for cell, place in row for value in _leaves(cell))
    return leaves + ((None, row[0][1]),) * (len(row) - len(leaves))


def _leaves(value: Any) -> list[Any]:
    return [leaf for item in value for leaf in _leaves(item)] if isinstance(value, list) else [value]


def _values(planning: Planning, key: str) -> list[_Cell]:
    value, element = planning.config[key], planning.root.get(key)
    if (
        key == _ENV
        and isinstance(value, dict)
        and "jobs" in value
        and value["jobs"] is not None
        and value["jobs"] is not False
    ):
        value, element = value["jobs"], None if element is None else element.get("jobs")
    return cells(value, element, "axis")


def cells(value: Any, element: Element | None, kind: OriginKind) -> list[_Cell]:
    """Return the items of a list, or a single value as the only one, each with its origin."""
    items = element.items if element is not None and element.kind == "seq" else []
    if isinstance(value, list) and len(items) == len(value):
        return [(item, origin(kind, place)) for item, place in zip(value, items, strict=True)]
    return [(item, origin(kind, element)) for item in listed(value)]
