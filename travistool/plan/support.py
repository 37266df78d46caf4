"""Keys and values that do nothing with a job's language or operating system, which Travis takes out of the job."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from travistool.plan.equality import equal, unique
from travistool.plan.planning import Draft, Planning
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, STRING, Allowed, Shape
from travistool.schema.store import load
from travistool.schema.support import Limits, conflicts

_GIVEN = ("language", "os", "arch")


def without_unsupported(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs without the keys that have no effect there."""
    gone: list[tuple[Draft, str, str]] = []
    kept: list[Draft] = []
    # Jobs share most values, and what those are judged by: each is looked at once. All of them live as long as `drafts`.
    known: dict[tuple[object, ...], str] = {}
    limited = _limited()
    for draft in drafts:
        config = draft.config
        by = tuple([id(config.get(key)) for key in _GIVEN])
        given = None
        lost = []
        for key, value in config.items():
            if key not in limited or value is None or value is False:
                continue
            place = (key, id(value), *by)
            if place not in known:
                given = given or basis(config)
                known[place] = _conflict(key, value, given)
            if known[place]:
                lost.append((key, known[place]))
        if lost:
            gone += [(draft, key, why) for key, why in lost if draft.origins[key].kind != "default"]
            names = {key for key, _ in lost}
            draft = Draft(  # noqa: PLW2901  # the same job, smaller
                {key: value for key, value in draft.config.items() if key not in names},
                {key: origin for key, origin in draft.origins.items() if key not in names},
                () if "env" in names else draft.env,
                draft.condition,
            )
        kept.append(draft)
    # One note for each written value, not for each job that it is taken out of.
    for draft, key, why in unique(gone, lambda one: (one[1], one[2], id(one[0].origins[one[1]].element))):
        planning.skip("key", key, f"'{key}' has no effect {why}", draft.origins[key].element)
    return kept


def supports_key(key: str, config: Mapping[str, Any]) -> bool:
    """Tell whether a key has an effect with the language, os and arch of a config."""
    limits = _limited().get(key)
    return limits is None or not conflicts(*limits.key, basis(config))


def is_of_language(key: str) -> bool:
    """Tell whether a key has an effect with some languages only."""
    limits = _limited().get(key)
    return limits is not None and "language" in limits.key[0]


def basis(config: Mapping[str, Any]) -> dict[str, list[object]]:
    """Return the languages, operating systems and architectures of a job or root, as far as it has any."""
    found: dict[str, list[object]] = {}
    for key in _GIVEN:
        value = config.get(key)
        if isinstance(value, dict):
            found[key] = list(value.items())  # nonsense, but Travis sees as many values as there are keys
        elif value is not None:
            found[key] = value if isinstance(value, list) else [value]
    return found


class _Limited:
    """The limits of a key, and those of its values."""

    __slots__ = ("key", "values")

    def __init__(self, key: tuple[Limits, Limits], values: tuple[Allowed, ...]) -> None:
        self.key = key
        self.values = values


@cache
def _limited() -> dict[str, _Limited]:
    """Return the limits of the root's keys, for those that have any."""
    root = load().root
    found: dict[str, _Limited] = {}
    for name in root.keys:
        shape = root.key(name)
        if shape is None:
            continue
        allowed = _allowed(shape)
        only, but = _merged(shape)
        if only or but or any(value.only or value.but for value in allowed):
            found[name] = _Limited((only, but), allowed)
    return found


def _merged(shape: Shape) -> tuple[Limits, Limits]:
    """Return the limits of a key, and of the forms of its value when it has several. Travis overlooks those of maps."""
    if shape.kind == MAP:
        return {}, {}
    only, but = dict(shape.only), dict(shape.but)
    for form in shape.forms if shape.kind == CHOICE else ():
        form_only, form_but = _merged(form)
        only.update(form_only)
        but.update(form_but)
    return only, but


def _allowed(shape: Shape) -> tuple[Allowed, ...]:
    """Return the values that a single value may have; none where only lists are normal, as Travis looks there only."""
    if shape.kind == CHOICE:
        return next((form.allowed for form in shape.forms if form.kind in (STRING, BOOLEAN)), ())
    if shape.kind == LIST:
        return shape.item.allowed if shape.axis and shape.item.kind in (STRING, BOOLEAN) else ()
    return shape.allowed if shape.kind in (STRING, BOOLEAN) else ()


def _conflict(key: str, value: Any, given: Mapping[str, list[object]]) -> str:
    """Return what a value does not go with, such as `with os: osx`; `` when it has an effect."""
    limits = _limited()[key]
    found = conflicts(*limits.key, given)
    if not found:
        allowed = next((one for one in limits.values if equal(one.value, value)), None)
        found = conflicts(allowed.only, allowed.but, given) if allowed is not None else []
    return f"with {', '.join(f'{name}: {other}' for name, other in found)}" if found else ""
