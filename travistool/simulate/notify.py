"""Which notifications Travis would send for a result. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travistool.catalog.settings import as_text
from travistool.record import Record
from travistool.simulate.result import JobState

_MAIN = {"email": "recipients", "webhooks": "urls", "slack": "rooms", "irc": "channels", "hipchat": "rooms"}
_CHANGES = ("change", "changed")


class Sent(Record):
    """One notification that would be sent. `to` is empty for who pushed."""

    kind: str
    to: tuple[str, ...]
    because: str


def notifications(config: Any, state: JobState, previous: JobState = "passed") -> tuple[Sent, ...]:
    """Return what would be sent. `config` is the key `notifications`; the build before ended as `previous`."""
    if config is False or state not in ("passed", "failed", "errored", "canceled"):
        return ()
    given = config if isinstance(config, dict) else {}
    kinds = {
        "email": given.get("email"),
        **{kind: value for kind, value in given.items() if isinstance(value, dict | list)},
    }
    return tuple([one for kind, value in kinds.items() for one in _of_kind(kind, value, state, previous)])


def _of_kind(kind: str, value: Any, state: JobState, previous: JobState) -> Iterator[Sent]:
    for item in value if isinstance(value, list) and value else [value]:
        entry = item if isinstance(item, dict) else {}
        if item is False or entry.get("enabled") is False:
            continue
        because = _why(kind, entry, state, previous)
        if because:
            main = entry.get(_MAIN.get(kind, ""))
            listed = main if isinstance(main, list) else [] if main is None else [main]
            yield Sent(kind, tuple(map(as_text, listed)), because)


def _why(kind: str, entry: dict[str, Any], state: JobState, previous: JobState) -> str:
    """Return why it is sent; `` when it is not."""
    key = "on_success" if state == "passed" else "on_failure" if state in ("failed", "errored") else "on_cancel"
    default = (
        "change"
        if key == "on_success" and kind == "email"
        else "always"
        if key != "on_cancel" or kind == "webhooks"
        else "never"
    )
    wanted = as_text(entry.get(key)) if entry.get(key) is not None else default
    was_good, is_good = previous == "passed", state == "passed"
    known = {
        (True, False): "the build is broken",
        (False, True): "the build is fixed",
        (False, False): "the build is still failing",
        (True, True): "the build has passed",
    }
    words = known[was_good, is_good]
    if wanted in _CHANGES:
        return words if was_good != is_good else ""
    told = f"{words} ({key}: {wanted})" if entry.get(key) is not None else words
    return told if wanted in ("always", "true") else ""
