"""Conditions as Woodpecker's `when`: a list of kinds of events, each with what is left to ask once the kind is known.

Source: woodpecker-ci.org/docs, "Workflow syntax", `when`, `evaluate`: expressions of the library Expr, patterns of RE2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from travistool.document.layout import Inline
from travistool.migrate.assume import PRESENT, assume
from travistool.migrate.conditions import FALSE, TRUE, Condition, Equals, Fits, Matches, Present, Same, Test, attributes
from travistool.migrate.globs import as_pattern
from travistool.migrate.infix import Compared, Known, Opposite, Tree, Words, expression, note_patterns
from travistool.migrate.tasks import Tasks

_PUSH: Mapping[str, str | None] = {"type": "push", "tag": None, "head_branch": None, "head_repo": None, "draft": None}
EVENTS: Mapping[str, Mapping[str, str | None]] = {
    "push": _PUSH,
    "tag": {**_PUSH, "tag": PRESENT},
    "pull_request": {"type": "pull_request", "tag": None},
    "cron": {**_PUSH, "type": "cron"},
    "manual": {**_PUSH, "type": "api"},
}
"""What each kind of event says of Travis's attributes."""

_WORDS = Words("&&", "||", "!", "matches", "", "true", "false")
_NAMES: Mapping[str, str] = {
    "branch": "CI_COMMIT_BRANCH",
    "tag": "CI_COMMIT_TAG",
    "repo": "CI_REPO",
    "head_branch": "CI_COMMIT_SOURCE_BRANCH",
    "commit_message": "CI_COMMIT_MESSAGE",
    "sender": "CI_COMMIT_AUTHOR",
}


def when(condition: Condition, tasks: Tasks) -> list[dict[str, Any]]:
    """Return the items of `when`, of which one has to hold; none where no event fits."""
    kinds: dict[str, list[str]] = {}
    for kind, known in EVENTS.items():
        left = assume(condition, known)
        if left != FALSE:
            kinds.setdefault("" if left == TRUE else _expression(left, tasks, kind), []).append(kind)
    return [{"event": Inline(names), **({"evaluate": text} if text else {})} for text, names in kinds.items()]


def _expression(condition: Condition, tasks: Tasks, kind: str) -> str:
    """Return a condition as an expression for a kind of event. For a tag, Travis's branch is its name."""
    note_patterns(condition, "Woodpecker", tasks)
    names = {**_NAMES, "branch": "CI_COMMIT_TAG"} if kind == "tag" else _NAMES

    def named(test: Test) -> Tree:
        if any(name not in names for name in attributes(test)):
            asked = " and ".join(name.removeprefix("env:") for name in attributes(test))
            reason = f"a condition asks for {asked}, which Woodpecker's expressions do not know"
            tasks.add("condition", reason, "ask for something else, where `evaluate` says false", changes_rows=True)
            return Known("false", "true")
        return _named(test, names)

    return expression(condition, _WORDS, named)


def _named(test: Test, names: Mapping[str, str]) -> Tree:
    match test:
        case Equals(attribute, text):
            return Compared(names[attribute], _quoted(text), is_pattern=False)
        case Matches(attribute, pattern):
            return Compared(names[attribute], _quoted(_pattern(attribute, pattern)), is_pattern=True)
        case Fits(attribute, glob):
            return Compared(names[attribute], _quoted(as_pattern(glob)), is_pattern=True)
        case Present(attribute):
            return Opposite(Compared(names[attribute], _quoted(""), is_pattern=False))
        case Same(one, other):
            return Compared(names[one], names[other], is_pattern=False)


def _pattern(attribute: str, pattern: str) -> str:
    # Only messages have more than one line, of which `^` is the start of each in Ruby.
    return f"(?m){pattern}" if attribute == "commit_message" and ("^" in pattern or "$" in pattern) else pattern


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
