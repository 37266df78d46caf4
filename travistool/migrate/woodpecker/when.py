"""Conditions as Woodpecker's `when`: a list of kinds of events, each with what is left to ask once the kind is known.

Source: woodpecker-ci.org/docs, "Workflow syntax", `when`, `evaluate`: expressions of the library Expr, patterns of RE2.
"""

import json
from collections.abc import Mapping
from typing import Any

from travistool.document.layout import Inline
from travistool.migrate.assume import PRESENT, assume
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
    attributes,
)
from travistool.migrate.globs import as_pattern
from travistool.migrate.re2 import is_re2
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
            kinds.setdefault("" if left == TRUE else expression(left, tasks, is_tag=kind == "tag"), []).append(kind)
    return [{"event": Inline(names), **({"evaluate": text} if text else {})} for text, names in kinds.items()]


def expression(condition: Condition, tasks: Tasks, *, is_tag: bool) -> str:
    """Return a condition as an expression. For a tag, Travis's branch is its name."""
    match condition:
        case All(parts) | Any_(parts):
            sign = " && " if isinstance(condition, All) else " || "
            return sign.join(_grouped(part, tasks, is_tag=is_tag) for part in parts)
        case Not(Equals() as test) if _is_known(test):
            return _test(test, tasks, is_tag=is_tag).replace(" == ", " != ", 1)
        case Not(part):
            return f"!({expression(part, tasks, is_tag=is_tag)})"
        case _:
            return _test(condition, tasks, is_tag=is_tag)


def _grouped(part: Condition, tasks: Tasks, *, is_tag: bool) -> str:
    text = expression(part, tasks, is_tag=is_tag)
    return f"({text})" if isinstance(part, All | Any_) and len(part.parts) > 1 else text


def _is_known(test: Test) -> bool:
    return all(name in _NAMES for name in attributes(test))


def _test(test: Test, tasks: Tasks, *, is_tag: bool) -> str:
    if not _is_known(test):
        asked = " and ".join(name.removeprefix("env:") for name in attributes(test))
        reason = f"a condition asks for {asked}, which Woodpecker's expressions do not know"
        tasks.add("condition", reason, "ask for something else, where `evaluate` says false", changes_rows=True)
        return "false"
    names = {**_NAMES, "branch": "CI_COMMIT_TAG"} if is_tag else _NAMES
    match test:
        case Equals(attribute, text):
            return f"{names[attribute]} == {_quoted(text)}"
        case Matches(attribute, pattern):
            return f"{names[attribute]} matches {_quoted(_checked(attribute, pattern, tasks))}"
        case Fits(attribute, glob):
            return f"{names[attribute]} matches {_quoted(as_pattern(glob))}"
        case Present(attribute):
            return f'{names[attribute]} != ""'
        case Same(one, other):
            return f"{names[one]} == {names[other]}"


def _checked(attribute: str, pattern: str, tasks: Tasks) -> str:
    if not is_re2(pattern):
        reason = f"the pattern '{pattern}' has what Woodpecker's patterns (RE2) do not have"
        tasks.add("condition", reason, "write it in another way, where `evaluate` has it", changes_rows=True)
    # Only messages have more than one line, of which `^` is the start of each in Ruby.
    return f"(?m){pattern}" if attribute == "commit_message" and ("^" in pattern or "$" in pattern) else pattern


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
