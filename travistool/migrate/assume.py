"""What is left of a condition in a place where some of the event is known: a section for tags, one for pull requests ..."""

from __future__ import annotations

from collections.abc import Mapping

from travistool.migrate.conditions import (
    FALSE,
    TRUE,
    All,
    Any_,
    Condition,
    Equals,
    Fits,
    Matches,
    Not,
    Present,
    Same,
    Test,
    both,
    either,
    negated,
)

PRESENT = "\0"
"""Stands for a value that is there, but not known."""


def assume(condition: Condition, known: Mapping[str, str | None]) -> Condition:
    """Return what is left. `known` has the text of attributes, None for those that the event does not have."""
    match condition:
        case All(parts):
            return both(*[assume(part, known) for part in parts])
        case Any_(parts):
            return either(*[assume(part, known) for part in parts])
        case Not(part):
            return negated(assume(part, known))
        case Same(one, other):
            return FALSE if None in (known.get(one, ""), known.get(other, "")) else condition
        case _:
            return _test(condition, known)


def _test(test: Test, known: Mapping[str, str | None]) -> Condition:
    match test:
        case Equals(attribute, _) | Matches(attribute, _) | Fits(attribute, _) | Present(attribute):
            # Travis sets its own variables only once a job is there: no setting of the website has such a name.
            is_unset = attribute.startswith("env:TRAVIS_")
            if attribute not in known and not is_unset:
                return test
            value = known.get(attribute)
        case _:
            return test
    if value is None:
        return FALSE
    if isinstance(test, Present):
        return TRUE
    return test if value == PRESENT or not isinstance(test, Equals) else (TRUE if value == test.text else FALSE)
