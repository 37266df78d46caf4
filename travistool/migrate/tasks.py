"""What a migration leaves for people: numbered tasks, each with a kind from a fixed list, a place, a reason, a way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from travistool.source import Span

Kind = Literal[
    "secret",  # a value that only its owner knows
    "setting",  # kept on the website, not in the file
    "platform",  # an operating system, processor or image that the target does not have
    "version",  # a version of a language that the target does not have
    "service",  # a database or the like that has no image
    "addon",  # an addon without an equal
    "package",  # a package or a source of packages that is gone
    "deployment",  # a provider or option without an equal
    "notification",  # a message that cannot be sent in the same way
    "condition",  # a condition that cannot be written
    "trigger",  # which events start a build
    "variable",  # a variable of the environment that has no equal
    "command",  # a command that only works on Travis
    "cache",  # a cache that is kept in another way
    "workspace",  # files that one job leaves for another
]
KINDS: tuple[Kind, ...] = get_args(Kind)

TITLES: Mapping[Kind, str] = {
    "secret": "Secrets to create",
    "setting": "Settings to switch",
    "platform": "Machines that do not exist there",
    "version": "Versions that do not exist there",
    "service": "Services to replace",
    "addon": "Addons to replace",
    "package": "Packages to replace",
    "deployment": "Deployments to check",
    "notification": "Notifications to set up",
    "condition": "Conditions to write by hand",
    "trigger": "Triggers to check",
    "variable": "Variables to replace",
    "command": "Commands to replace",
    "cache": "Caches to check",
    "workspace": "Files passed between jobs",
}


class ManualTask(NamedTuple):
    """One task. `number` is 1-based. `place` is None for what nothing in the file says.

    `commands` can be pasted into a shell. `changes_rows`: until it is done, other jobs run than on Travis.
    """

    number: int
    kind: Kind
    place: Span | None
    reason: str
    do: str
    commands: tuple[str, ...] = ()
    changes_rows: bool = False


class LeftOut(NamedTuple):
    """Something of the config that the files have nothing of, and nobody has to do anything about. `why` says why not.

    `what` are keys as the config has them, dotted; `lines` are 1-based, in order, empty for what is written nowhere.
    """

    what: tuple[str, ...]
    lines: tuple[int, ...]
    why: str


class Tasks:
    """Collects tasks: each reason once, numbered in the order of their first mention; and what is left out."""

    def __init__(self) -> None:
        self._found: dict[tuple[Kind, str], ManualTask] = {}
        self._left: dict[str, list[tuple[str, int]]] = {}

    def add(
        self,
        kind: Kind,
        reason: str,
        do: str,
        place: Span | None = None,
        *,
        commands: tuple[str, ...] = (),
        changes_rows: bool = False,
    ) -> int:
        """Add a task unless it is known, and return its number."""
        known = self._found.get((kind, reason))
        if known is None:
            known = ManualTask(len(self._found) + 1, kind, place, reason, do, commands, changes_rows)
            self._found[kind, reason] = known
        return known.number

    def leave(self, what: str, why: str, place: Span | None) -> None:
        """Note something that is left out, and why that changes nothing."""
        found = self._left.setdefault(why, [])
        one = (what, place.first().line if place is not None else 0)
        if one not in found:
            found.append(one)

    def left(self) -> tuple[LeftOut, ...]:
        """Return what is left out, one for each reason, in the order of the file."""
        found = [
            LeftOut(
                tuple(dict.fromkeys(what for what, _ in sorted(named, key=lambda one: one[1]))),
                tuple(sorted({line for _, line in named if line})),
                why,
            )
            for why, named in self._left.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.lines, one.what)))

    def copy(self) -> Tasks:
        """Return a collection of its own with the same tasks."""
        other = Tasks()
        other._found = dict(self._found)
        other._left = {why: list(found) for why, found in self._left.items()}
        return other

    def all(self) -> tuple[ManualTask, ...]:
        """Return all tasks."""
        return tuple(self._found.values())
