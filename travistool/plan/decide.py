"""Decide conditions for one event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from travistool.plan.model import Decision
from travistool.schema.elements import Element

ALWAYS = Decision(True)


def decide(condition: Any, place: Element | None, config: Mapping[str, Any], data: Mapping[str, Any]) -> Decision:
    """Return what `condition` comes to for `config` (a job, the root ...) and the attributes `data`.

    `place` is the element of the condition. As in `grammar.conditions.accept`, a list and a map are no conditions.
    """
    if condition is None or isinstance(condition, list | dict):
        return ALWAYS
    # Imported late: many configs have no condition.
    from travistool.plan.conditional import decided  # noqa: PLC0415

    return decided(condition, None if place is None else place.span(), config, data)
