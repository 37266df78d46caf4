"""Messages to Slack in Buildkite's own words: it knows itself whether a result has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travistool.migrate.model import Build
from travistool.migrate.notifications import Room, rooms
from travistool.migrate.tasks import Tasks

_PASSED = {"always": 'build.state == "passed"', "change": "pipeline.started_passing"}
_FAILED = {"always": 'build.state == "failed"', "change": "pipeline.started_failing"}


def messages(build: Build, tasks: Tasks) -> list[dict[str, Any]]:
    """Return the entries of `notify`. Rooms that are encrypted, and texts of the config's own, become tasks."""
    place = next((one.place for one in build.notifications if one.kind == "slack"), None)
    found = []
    for room in rooms(build, tasks):
        condition = " || ".join(_asked(room))
        if not condition:
            continue
        if room.template:
            reason = "messages to Slack have a text of their own"
            tasks.add("notification", reason, "write it as the message under `notify`", place)
        if not room.name:
            reason = "a room of Slack is encrypted for Travis"
            tasks.add("notification", reason, f"add it under `notify`, with `if: {condition}`", place)
            continue
        found.append({"slack": f"#{room.name}", "if": condition if room.pulls else _without_pulls(condition)})
    if found:
        reason = "messages to Slack need its app, as Travis's token is its own"
        tasks.add("notification", reason, "add the service Slack Workspace to the organization", place)
    return found


def _asked(room: Room) -> Iterator[str]:
    if room.on_success in _PASSED:
        yield _PASSED[room.on_success]
    if room.on_failure in _FAILED:
        yield _FAILED[room.on_failure]


def _without_pulls(condition: str) -> str:
    return f"build.pull_request.id == null && ({condition})"
