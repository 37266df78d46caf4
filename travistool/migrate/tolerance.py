"""Failures that are allowed, for systems that cannot say so for each row and event: in the script, or as two jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travistool.migrate.asked import holds
from travistool.migrate.conditions import FALSE, TRUE, Condition, attributes, both, negated, tests
from travistool.migrate.model import Row
from travistool.migrate.whole import NAMES, bash
from travistool.plan.model import Event

_MARK = "# the failure of this job is allowed"
_TRAP = 'trap \'code=$?; [ "$code" = 0 ] || echo "Failed with $code, which is allowed."; exit 0\' EXIT'
_FOUND = re.compile(rf"^{_MARK}$(?:\nif (.+); then$)?", re.MULTILINE)


def lines(tolerated: Condition) -> Iterator[str]:
    """Yield the lines that let a script pass whatever happens, where the condition holds."""
    if tolerated == FALSE:
        return
    yield _MARK
    yield from (_TRAP,) if tolerated == TRUE else (f"if {bash(tolerated)}; then", _TRAP, "fi")


def is_tolerated(script: str, event: Event) -> bool:
    """Tell whether a script with such lines passes for an event whatever happens."""
    found = _FOUND.search(script)
    return found is not None and (not found[1] or holds(found[1], event))


def names(condition: Condition) -> tuple[str, ...]:
    """Return the names of Travis's variables that a condition asks for in a script."""
    asked = [name for test in tests(condition) for name in attributes(test)]
    return tuple(dict.fromkeys(NAMES[name] for name in asked if name in NAMES))


def alternatives(row: Row, when: Condition) -> tuple[tuple[Condition, bool], ...]:
    """Return when a row runs, and whether its failure is allowed then: two cases where the event decides that."""
    if row.tolerated in (TRUE, FALSE):
        return ((when, row.tolerated == TRUE),)
    return (both(when, row.tolerated), True), (both(when, negated(row.tolerated)), False)
