"""The job that a rule of `exclude` or `allow_failures` most likely means, and what keeps it from fitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from travistool.lint.wording import listing, quoted
from travistool.plan.env import globals_of
from travistool.plan.equality import equal, listed, without
from travistool.schema.elements import Element


def nearest(rule: Element, jobs: Iterable[Mapping[str, Any]], config: Mapping[str, Any]) -> str:
    """Return what to add to "fits no job": the value that differs from the nearest job, `` where none comes near."""
    wanted = {key: value for key, value in _plain(rule).items() if key != "if"}
    shared = globals_of(dict(config))
    candidates = [_without_shared(job, shared) for job in jobs]
    unknown = [key for key in wanted if all(key not in job for job in candidates)]
    if unknown:
        return f", no job has {listing(unknown)}"
    ranked = sorted(candidates, key=lambda job: len(_differing(wanted, job)))
    if not ranked or len(_differing(wanted, ranked[0])) != 1:
        return ""
    (key,) = _differing(wanted, ranked[0])
    found = list({_text(job.get(key)): None for job in ranked if _differing(wanted, job) == [key]})
    if key == "env":
        return _row(_text(wanted[key]), found)
    told = listing(found[:_MOST])
    more = f" ... ({len(found)} in all)" if len(found) > _MOST else ""
    what = "the jobs like it have" if len(found) > 1 else "the nearest job has"
    return f": '{key}' is {quoted(_text(wanted[key]))}, {what} {told}{more}"


_MOST = 3
_WIDTH = 60


def _row(wanted: str, found: list[str]) -> str:
    """Return a hint for variables, which must be those of a whole row: the row that is most like them."""
    words = set(wanted.split())
    best = max(found, key=lambda row: len(words & set(row.split())))
    if not words & set(best.split()):
        return ": no job has these variables"
    if words <= set(best.split()):
        return f": 'env' must be the whole row, such as '{_short(best)}'"
    return f": 'env' must be a whole row, the one most like it is '{_short(best)}'"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."


def _plain(rule: Element) -> dict[str, Any]:
    plain = rule.plain()
    return plain if isinstance(plain, dict) else {}


def _without_shared(job: Mapping[str, Any], shared: list[Any]) -> dict[str, Any]:
    env = job.get("env")
    return {**job, "env": without(env, shared)} if isinstance(env, list) and shared else dict(job)


def _differing(wanted: Mapping[str, Any], job: Mapping[str, Any]) -> list[str]:
    return [key for key, value in wanted.items() if not equal(listed(job.get(key)), listed(value))]


def _text(value: Any) -> str:
    match value:
        case list():
            return " ".join(map(_text, value))
        case dict():
            return " ".join("[secure]" if key == "secure" else f"{key}={_text(item)}" for key, item in value.items())
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
    return str(value)
