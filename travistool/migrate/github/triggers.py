"""The `on:` of a workflow. What its filters cannot say is left as a condition for every job."""

from __future__ import annotations

import re
from typing import NamedTuple

from travistool.document.layout import Inline, Remark
from travistool.migrate.conditions import TRUE, Condition, Equals, Matches, Not, either
from travistool.migrate.globs import globs, literal_glob
from travistool.migrate.model import Triggers
from travistool.migrate.triggers import by_branch, fits, pattern_of

RARELY = "0 0 29 2 *"
"""Cron builds are settings on Travis, so the file cannot know their times. A day that never comes is no valid time."""

_IMPOSSIBLE = re.compile(r"\.\.|[\s~^:]|\A-|[./]\Z|\A/|//")

WEEKLY = "0 3 * * 0"


class On(NamedTuple):
    """The events, and what is left to ask."""

    events: dict[str, object]
    when: Condition


def on(found: Triggers) -> On:
    """Return the triggers that start the same builds: no build is lost, none comes twice."""
    pushes: dict[str, object] | None = None
    pulls: dict[str, object] | None = None
    left: Condition = TRUE
    if found.only:
        patterns = _globs(found.only)
        if patterns is None:
            left = by_branch(found)
        elif "**" not in patterns:
            pushes = {"branches": Inline(patterns)}
            tags = _globs(tuple([name for name in found.only if _may_be_tag(name)]))
            if tags:
                pushes["tags"] = Inline(tags)
            pulls = {"branches": Inline(patterns)}
    elif found.but:
        patterns = _globs(found.but)
        if patterns is None:
            left = by_branch(found)
        else:
            pushes = {"branches-ignore": Inline(patterns), "tags-ignore": Inline(patterns)}
            pulls = {"branches-ignore": Inline(patterns)}
    events: dict[str, object] = {"push": pushes, "pull_request": pulls}
    if found.mentions_cron:
        remark = Remark("Travis keeps the times of cron builds in the settings: take them over, they are in UTC here")
        events["schedule"] = [{remark: None, "cron": WEEKLY}]
        if not _builds_master(found) and left == TRUE:
            # It is the default branch that is built, whatever that is.
            left = either(Not(Equals("type", "cron")), by_branch(found))
    elif _builds_master(found):
        remark = Remark("the times of cron builds are settings on Travis: put them here in place of 29 February")
        events["schedule"] = [{remark: None, "cron": RARELY}]
    events["workflow_dispatch"] = None
    return On(events, left)


def _globs(names: tuple[str, ...]) -> list[str] | None:
    found: list[str] = []
    for name in names:
        pattern = pattern_of(name)
        more = (literal_glob(name),) if pattern is None else globs(pattern)
        if more is None or not all(more):
            return None
        found += [one for one in more if _can_be(one)]
    return list(dict.fromkeys(found)) or None


def _can_be(glob: str) -> bool:
    """Tell whether git allows names that fit: others can be left out."""
    return not _IMPOSSIBLE.search(glob)


def _may_be_tag(name: str) -> bool:
    """Tell whether a name of `only` may be meant for tags: they are patterns, or have a number."""
    return pattern_of(name) is not None or any(char.isdigit() for char in name)


def _builds_master(found: Triggers) -> bool:
    """Tell whether cron builds of `master` would start. Another default branch is one that the file does not know."""
    if found.only:
        return any(_is_for(name, "master") for name in found.only)
    return not any(_is_for(name, "master") for name in found.but)


def _is_for(name: str, branch: str) -> bool:
    match fits(name):
        case Equals(_, text):
            return text == branch
        case Matches(_, pattern):
            from travistool.grammar.conditions import regex  # noqa: PLC0415  # few configs have patterns

            try:
                return regex.compile(pattern).search(branch)
            except ValueError:
                return False
        case _:
            return False
