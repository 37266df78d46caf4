"""The variables of each job: its own row, else the first row, with the global ones in front."""

from __future__ import annotations

from typing import Any

from travistool.plan.axes import cells
from travistool.plan.equality import identity, is_blank, listed, unique
from travistool.plan.model import Origin
from travistool.plan.planning import Draft, Planning

_Cell = tuple[Any, Origin]


def with_env(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs with `env` as one list of rows: the global ones, then their own."""
    first = _first(planning)
    shared = _global(planning)
    return [_with_env(planning, draft, first, shared) for draft in drafts]


def _with_env(planning: Planning, draft: Draft, first: list[_Cell], shared: list[_Cell] | None) -> Draft:
    env = draft.config.get("env")
    is_missing = env is None or env is False
    own = (first or None) if is_missing else _rows(env, draft.origins.get("env", Origin("root")))
    if shared is not None:
        own = unique([*shared, *(own or [])], lambda cell: identity(cell[0]))
    if own is None:
        return draft
    origin = draft.origins.get("env") or (own[-1][1] if own else Origin("root", planning.root.get("env")))
    job = draft.having("env", [value for value, _ in own], origin)
    job.env = tuple([place for _, place in own])
    return job


def _rows(env: Any, origin: Origin) -> list[_Cell]:
    """Return a job's own `env` as rows, without the global part that an entry may hold."""
    if isinstance(env, dict):
        row = {key: value for key, value in env.items() if key != "global"}
        return [(row, origin)] if row else []
    if isinstance(env, list):
        return [row for value, place in cells(env, origin.element, origin.kind) for row in _rows(value, place)]
    return [(env, origin)]


def _first(planning: Planning) -> list[_Cell]:
    """Return the first row of the root, which entries without variables get; empty when there is none."""
    env, element = planning.config.get("env"), planning.root.get("env")
    if isinstance(env, dict):
        env, element = env.get("jobs"), element.get("jobs") if element is not None else None
    if not isinstance(env, list) or not env or env[0] is None or env[0] is False:
        return []
    return cells(env, element, "inherited")[:1]


def _global(planning: Planning) -> list[_Cell] | None:
    """Return the rows that all jobs have; None when there are none."""
    env, element = planning.config.get("env"), planning.root.get("env")
    value, place = None, None
    if isinstance(env, dict):
        value, place = env.get("global"), element.get("global") if element is not None else None
    if value is None or value is False:
        value, place = planning.config.get("global_env"), planning.root.get("global_env")
    if value is None or value is False:
        return None
    return [(row, _of_file(planning, where)) for row, where in cells(value, place, "root")]


def _of_file(planning: Planning, found: Origin) -> Origin:
    """Return the origin of a row, which an import may have brought."""
    element = found.element
    is_own = found.kind != "root" or element is None or element.source is planning.root.source
    return found if is_own else Origin("import", element)


def globals_of(config: dict[str, Any]) -> list[Any]:
    """Return the values of `env.global`, which rules leave aside when they compare variables."""
    env = config.get("env")
    value = env.get("global") if isinstance(env, dict) else None
    return [] if is_blank(value) else listed(value)
