"""Conditions as GitLab's `rules:if`. It has no negation of groups and no functions, so negation moves inwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from travistool.migrate.conditions import TRUE, Condition, Equals, Fits, Matches, Present, Same, Test
from travistool.migrate.globs import as_pattern
from travistool.migrate.infix import Compared, Either, Known, Tree, Words, equal, expression, note_patterns
from travistool.migrate.tasks import Tasks

_EVENTS: Mapping[str, tuple[str, ...]] = {
    "push": ("push",),
    "pull_request": ("merge_request_event",),
    "cron": ("schedule",),
    "api": ("api", "web", "trigger"),
}
_SOURCE = "$CI_PIPELINE_SOURCE"
_WORDS = Words("&&", "||", "", "=~", "!~", f'{_SOURCE} != "never"', f'{_SOURCE} == "never"')
_BRANCH = ("$CI_COMMIT_BRANCH", "$CI_COMMIT_TAG", "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
"""Of these, just one is set: a tag and a merge request have no branch of their own."""

_NAMES: Mapping[str, str] = {
    "tag": "$CI_COMMIT_TAG",
    "repo": "$CI_PROJECT_PATH",
    "head_repo": "$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH",
    "head_branch": "$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
    "sender": "$GITLAB_USER_LOGIN",
    "commit_message": "$CI_COMMIT_MESSAGE",
    "draft": "$CI_MERGE_REQUEST_DRAFT",
    # There is no such variable: whoever needs it sets it in a fork.
    "fork": "$PROJECT_IS_FORK",
}


def rule(condition: Condition, tasks: Tasks) -> str:
    """Return a condition as an expression; `` for one that always holds."""
    note_patterns(condition, "GitLab", tasks)
    return "" if condition == TRUE else expression(condition, _WORDS, _named)


def _named(test: Test) -> Tree:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return Either(tuple([equal(_SOURCE, one) for one in _EVENTS.get(text, ("never",))]))
        case Equals("branch", text):
            return _branch(lambda name: equal(name, text))
        case Matches("branch", pattern):
            return _branch(lambda name: _found(name, pattern))
        case Fits("branch", glob):
            return _branch(lambda name: _found(name, as_pattern(glob)))
        case Equals(attribute, text):
            return equal(_name(attribute), text)
        case Matches(attribute, pattern):
            return _found(_name(attribute), pattern)
        case Fits(attribute, glob):
            return _found(_name(attribute), as_pattern(glob))
        case Same(one, other):
            return Compared(_name(one), _name(other), is_pattern=False)
        case Present("fork" | "draft" as attribute):
            return equal(_name(attribute), "true")
        case Present(attribute):
            return Known(_name(attribute), f"{_name(attribute)} == null")


def _name(attribute: str) -> str:
    return f"${attribute[4:]}" if attribute.startswith("env:") else _NAMES.get(attribute, "$CI_COMMIT_REF_NAME")


def _branch(compared: Callable[[str], Tree]) -> Tree:
    return Either(tuple([compared(name) for name in _BRANCH]))


def _found(name: str, pattern: str) -> Tree:
    escaped = pattern.replace("\\/", "/").replace("/", "\\/")
    return Compared(name, f"/{escaped}/", is_pattern=True)
