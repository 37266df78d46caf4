"""What an audit tells of one config, as plain data: what state files, JSON and all totals are made of.

Names, numbers and our own words only, texts of the config never, but paths and names of languages, systems, services and
providers: so no secret can come out.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypedDict, get_args

State = Literal[
    "ready",  # the migrated file is all that is needed
    "values",  # secrets are to be entered, settings to be looked up; nothing else
    "work",  # something has no equal, or is to be checked
    "stopped",  # there is no migrated file, `why` says the reason
    "crashed",  # a bug of ours
]
STATES: tuple[State, ...] = get_args(State)

STATE_TITLES = {
    "ready": "as it is",
    "values": "enter values",
    "work": "by hand",
    "stopped": "stopped",
    "crashed": "crashed",
}
"""The states in words."""

ENTERING = frozenset(("secret", "setting"))
"""Kinds of tasks that only enter what the repository's owner knows."""


class Linted(TypedDict):
    """How many findings there are of each severity, and of each rule."""

    errors: int
    warnings: int
    infos: int
    rules: dict[str, int]


class Planned(TypedDict):
    """The jobs that any event can bring, and what they use; names are sorted."""

    jobs: int
    stages: int
    languages: list[str]
    os: list[str]
    services: list[str]
    providers: list[str]


class Migrated(TypedDict):
    """What comes of one target. `tasks` are numbers by kind; `changes_rows` is how many change which jobs run.

    `equal` tells whether the written file was read back and runs the same jobs; None where that was not asked.
    """

    target: str
    state: State
    why: str
    files: int
    tasks: dict[str, int]
    changes_rows: int
    equal: bool | None


class Crash(TypedDict):
    """A bug: the step (`lint`, `expand`, or a target), the exception's name and where it was raised."""

    step: str
    error: str


class Row(TypedDict):
    """One config. `problem` says why there is no build, `` where there is one.

    `imports` tells that other files are a part of it. `lint` is None for a file that cannot be read, `plan` for a config without a build.
    """

    path: str
    problem: str
    imports: bool
    lint: Linted | None
    plan: Planned | None
    targets: list[Migrated]
    crashes: list[Crash]


class Terms(NamedTuple):
    """What is asked of each config. `targets` are names; `as_of` is the day for rules with dates, `` is today.

    `as_travis` takes of both `matrix` and `jobs` what Travis takes; `verify` reads the written files back.
    """

    targets: tuple[str, ...] = ()
    profile: str = "default"
    as_of: str = ""
    as_travis: bool = False
    verify: bool = False


def unreadable(path: str, why: str, terms: Terms) -> Row:
    """Return the row of a file of which nothing more is known."""
    targets = [stopped(name, why) for name in terms.targets]
    return Row(path=path, problem=why, imports=False, lint=None, plan=None, targets=targets, crashes=[])


def stopped(target: str, why: str, state: State = "stopped") -> Migrated:
    """Return what is told of a target without a result."""
    return Migrated(target=target, state=state, why=why, files=0, tasks={}, changes_rows=0, equal=None)


def lost(path: str, why: str, terms: Terms) -> Row:
    """Return the row of a file at which the whole process ended: a bug of ours."""
    row = unreadable(path, why, terms)
    return {
        **row,
        "targets": [stopped(name, why, "crashed") for name in terms.targets],
        "crashes": [Crash(step="process", error=why)],
    }
