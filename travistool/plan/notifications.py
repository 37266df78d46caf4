"""Notifications whose `if` does not hold are left out (travis-yml configs/filter/notifications.rb at 8d6f36f)."""

from __future__ import annotations

from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.planning import Planning
from travistool.schema.elements import Element


def notifications(planning: Planning) -> Any:
    """Return what is left of the root's `notifications`; None when nothing is."""
    return _filter(planning, None, planning.config.get("notifications"), planning.root.get("notifications"), 0)


def _filter(planning: Planning, kind: str | None, value: Any, element: Element | None, index: int) -> Any:
    if isinstance(value, list):
        items: list[Element | None] = [None] * len(value)
        if element is not None and len(element.items) == len(value):
            items = list(element.items)
        kept = [
            _filter(planning, kind, item, place, number)
            for number, (item, place) in enumerate(zip(value, items, strict=True))
        ]
        return [item for item in kept if item is not None]
    if not isinstance(value, dict):
        return value
    if not _accepted(planning, kind, value, element, index):
        return None
    left = {
        key: _filter(planning, key, item, element.get(key) if element is not None else None, 0)
        for key, item in value.items()
    }
    return {key: item for key, item in left.items() if item is not None} or None


def _accepted(planning: Planning, kind: str | None, value: dict[str, Any], element: Element | None, index: int) -> bool:
    place = element.get("if") if element is not None else None
    decision = planning.decide(value.get("if"), place, planning.config)
    if not decision.holds:
        # The official number is 1 wherever it stands in a list.
        args = {"type": kind, "number": 1, "condition": value["if"]}
        planning.say("skip_notification", f"notifications.{kind or ''}", decision, element, args)
        what = f"{kind} {index + 1}" if kind else "all"
        planning.skip("notification", what, "its condition does not hold", element, decision)
    return decision.holds


def is_never_sent(kind: str, item: Element) -> bool:
    """Tell whether a notification is sent for no result. Webhooks tell of errors and cancels unless these are `never`."""
    other = ("on_start", "on_cancel", "on_error")
    needed = ("on_success", "on_failure", *(("on_cancel", "on_error") if kind == "webhooks" else ()))
    return all(_sent(item, key) == "never" for key in needed) and all(
        _sent(item, key) in (None, "never") for key in other
    )


def when_sent(item: Element) -> str:
    """Return the results for which it is sent, as written: `on_success is never`; `` where nothing says so."""
    told = [(key, _sent(item, key)) for key in ("on_success", "on_failure")]
    return ", ".join(f"{key} is {value}" for key, value in told if value is not None)


def _sent(item: Element, key: str) -> str | None:
    found = item.get(key)
    return None if found is None or found.value is None else as_text(found.value)
