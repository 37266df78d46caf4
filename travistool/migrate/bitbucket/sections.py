"""Which rows run for which kind of event: Bitbucket has a section of the file for each, and globs of branches, no more.

What the section does not decide, the step's script asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from travistool.migrate.assume import PRESENT, assume
from travistool.migrate.conditions import FALSE, TRUE, Any_, Condition, Equals, both
from travistool.migrate.model import Build, Row
from travistool.migrate.triggers import starts

_NAME = re.compile(r"[\w./-]+\Z")

Known = Mapping[str, str | None]


class Section(NamedTuple):
    """A pipeline of the file. `path` is where it stands below `pipelines`; `known` is what it says of its events."""

    path: tuple[str, ...]
    known: Known


class Asked(NamedTuple):
    """A row of the build with the sections that run it. `test` is what its script asks; TRUE where nothing is left."""

    row: Row
    sections: tuple[Section, ...]
    test: Condition


_PUSH: Known = {"type": "push", "tag": None, "head_branch": None, "head_repo": None, "draft": None}
_TAG = Section(("tags", "**"), {**_PUSH, "tag": PRESENT})
_PULL = Section(("pull-requests", "**"), {"type": "pull_request", "tag": None})
_CRON = Section(("custom", "cron"), {**_PUSH, "type": "cron"})
_API = Section(("custom", "api"), {**_PUSH, "type": "api"})


def sections(build: Build) -> tuple[Section, ...]:
    """Return all sections, those of branches by name where just these may start a build."""
    names = _names(assume(starts(build.triggers), _PUSH))
    pushes = [Section(("branches", name), {**_PUSH, "branch": name}) for name in names]
    return (*(pushes or [Section(("default",), _PUSH)]), _TAG, _PULL, _CRON, _API)


def asked(build: Build, row: Row, all_of_build: tuple[Section, ...]) -> Asked:
    """Return where a row runs, and what is left to ask there."""
    whole = both(starts(build.triggers), row.when)
    left = [(section, assume(whole, section.known)) for section in all_of_build]
    used = tuple([section for section, condition in left if condition != FALSE])
    is_decided = all(condition in (TRUE, FALSE) for _, condition in left)
    return Asked(row, used, TRUE if is_decided else whole)


def _names(condition: Condition) -> tuple[str, ...]:
    parts = condition.parts if isinstance(condition, Any_) else (condition,)
    names = [part.text for part in parts if isinstance(part, Equals) and part.attribute == "branch"]
    return tuple(names) if names and len(names) == len(parts) and all(map(_NAME.match, names)) else ()
