"""Which events start a build: `branches` and the condition of the root.

Names and patterns count for the branch, for the target branch of a pull request, and for the name of a tag alike.
"""

from __future__ import annotations

import re

from travistool.migrate.conditions import TRUE, Condition, Equals, Matches, both, either, negated
from travistool.migrate.model import Triggers
from travistool.plan.model import BuildPlan
from travistool.schema.elements import Element

_PATTERN = re.compile(r"\A/(.*)/\Z", re.DOTALL)


def triggers(root: Element, plan: BuildPlan, when: Condition) -> Triggers:
    """Return what starts a build. `when` is what is left of the root's `if`."""
    branches = root.get("branches")
    only, but = _named(branches, "only"), _named(branches, "except")
    mentions = any("cron" in _texts(job.config) for job in plan.jobs) or "cron" in _texts(plan.config.get("stages"))
    return Triggers(only, but, when, mentions)


def by_branch(found: Triggers) -> Condition:
    """Return `branches` as a condition about the branch, for what a target's own filters cannot say."""
    if found.only:
        return either(*map(fits, found.only))
    return negated(either(*map(fits, found.but))) if found.but else TRUE


def starts(found: Triggers) -> Condition:
    """Return the condition for a build to start at all."""
    return both(by_branch(found), found.when)


def fits(name: str) -> Condition:
    """Return the condition that the branch is, or fits, an item of `branches`."""
    pattern = pattern_of(name)
    return Equals("branch", name) if pattern is None else Matches("branch", pattern)


def pattern_of(name: str) -> str | None:
    """Return what stands between slashes; None for a plain name."""
    found = _PATTERN.match(name)
    return found[1] if found else None


def _named(branches: Element | None, key: str) -> tuple[str, ...]:
    if branches is None:
        return ()
    place = branches if branches.kind != "map" and key == "only" else branches.get(key)
    if place is None:
        return ()
    return tuple([str(item.value) for item in (place.items if place.kind == "seq" else [place]) if item.kind == "str"])


def _texts(value: object) -> str:
    return str(value)
