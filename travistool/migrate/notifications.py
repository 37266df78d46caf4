"""Messages about results: who is told, when, and the tasks for what a target does not send by its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from travistool.catalog.settings import as_text
from travistool.migrate.machine import listed
from travistool.migrate.model import Build, Notification
from travistool.migrate.names import told
from travistool.migrate.tasks import Tasks

_DEAD = ("hipchat", "flowdock", "campfire")
_WHEN = ("on_success", "on_failure")
_DEFAULTS = {"email": ("change", "always")}
_TOLD = ("enabled", "disabled", "if")
_MAIN = {"email": "recipients", "irc": "channels", "webhooks": "urls", "slack": "rooms"}
_GONE: Mapping[str, str] = {
    "freenode": "freenode is gone: most of its channels are at libera.chat",
    "gitter": "Gitter takes no webhooks any more: its rooms are at matrix.org",
}
_WAYS: Mapping[str, str] = {
    "email": "its own messages go to who pushed or follows the repository: let the others follow it",
    "irc": "send the line from a step at the end, or drop it",
    "webhooks": "its own webhooks send another text than Travis's: change what receives it",
    "pushover": "send it from a step at the end",
    "slack": "use its own app for Slack",
}


class Room(NamedTuple):
    """A room of Slack. `name` is `` where the config has it encrypted. `pulls`: pull requests are told about as well."""

    name: str
    on_success: str
    on_failure: str
    pulls: bool
    template: tuple[str, ...]


def entries(one: Notification) -> Iterator[Mapping[str, Any]]:
    """Yield what is switched on of one kind."""
    for entry in listed(one.config):
        if isinstance(entry, dict) and entry.get("enabled") is not False and entry.get("disabled") is not True:
            yield entry


def rooms(build: Build, tasks: Tasks) -> Iterator[Room]:
    """Yield the rooms of Slack that are told about results. Conditions of their own become tasks."""
    for one in build.notifications:
        for entry in entries(one) if one.kind == "slack" else ():
            if entry.get("if"):
                reason = f"messages to Slack have the condition '{as_text(entry['if'])}'"
                tasks.add("condition", reason, "add it to the step that sends them", one.place)
            template = tuple([as_text(line) for line in listed(entry.get("template"))])
            passed, failed = _frequencies(one.kind, entry)
            for room in listed(entry.get("rooms")):
                # In front of the `#` is a token, which belongs into no other file.
                name = as_text(room).partition("#")[2] if not isinstance(room, dict) else ""
                yield Room(name, passed, failed, entry.get("on_pull_requests") is not False, template)


def note(build: Build, tasks: Tasks, *, sent: tuple[str, ...]) -> None:
    """Note all messages but those of the kinds that the target sends by its file."""
    for one in build.notifications:
        _leave_silent(one, tasks)
        if one.kind in _DEAD and one.config not in (None, False):
            tasks.add("notification", f"'{one.kind}' is a service that no longer exists", "drop it", one.place)
        elif one.kind in _WAYS and one.kind not in sent:
            for entry in entries(one):
                _note(one, entry, tasks)


def _note(one: Notification, entry: Mapping[str, Any], tasks: Tasks) -> None:
    if _is_silent(one.kind, entry):
        return
    passed, failed = _frequencies(one.kind, entry)
    whom = _receivers(one.kind, entry)
    to = f" to {whom}" if whom else ""
    often = _often(passed) if passed == failed else f"for passed builds {_often(passed)}, for others {_often(failed)}"
    options = [key for key in entry if key not in (*_WHEN, *_TOLD, _MAIN.get(one.kind, ""))]
    often += f", with options of their own ({told(options)})" if options else ""
    gone = next((f" ({what})" for word, what in _GONE.items() if word in whom.lower()), "")
    reason = f"messages by '{one.kind}'{to} are sent by the website, {often}"
    tasks.add("notification", reason, f"{_WAYS[one.kind]}{gone}", one.place)


def _leave_silent(one: Notification, tasks: Tasks) -> None:
    """Note what tells nobody anything: messages that are switched off, and mail to those whom every system tells by itself."""
    what = f"notifications.{one.kind}"
    given = [entry for entry in listed(one.config) if isinstance(entry, dict)]
    on = list(entries(one))
    if one.config is False or len(on) < len(given):
        tasks.leave(what, "it is switched off; what the system sends is a setting of each person's account", one.place)
    for entry in on:
        if one.kind == "email" and not listed(entry.get("recipients")):
            tasks.leave(what, "authors get mail as their own accounts say there", one.place)
        elif _is_silent(one.kind, entry):
            tasks.leave(what, "no result is told", one.place)


def _is_silent(kind: str, entry: Mapping[str, Any]) -> bool:
    # Without recipients mail goes to the authors, whom every system tells by itself.
    nobody = kind == "email" and not listed(entry.get("recipients"))
    return nobody or _frequencies(kind, entry) == ("never", "never")


def _frequencies(kind: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    known = zip(_WHEN, _DEFAULTS.get(kind, ("always", "always")), strict=True)
    passed, failed = [as_text(entry.get(key)) or default for key, default in known]
    return passed, failed


def _often(word: str) -> str:
    return "after a change" if word == "change" else word


def _receivers(kind: str, entry: Mapping[str, Any]) -> str:
    """Return who gets the messages, as far as it is no secret; addresses without what may be a token."""
    named = [as_text(item) for item in listed(entry.get(_MAIN.get(kind, ""))) if not isinstance(item, dict)]
    if kind == "slack":
        # In front of the `#` is a token.
        named = [f"#{text.partition('#')[2]}" for text in named if "#" in text]
    return ", ".join(re.sub(r"[?].*|(?<=://)[^/@]+@", "", text) for text in named)
