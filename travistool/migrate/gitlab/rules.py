"""Conditions as GitLab's `rules:if`. It has no negation of groups and no functions, so negation moves inwards."""

from collections.abc import Mapping

from travistool.migrate.conditions import (
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
)
from travistool.migrate.globs import as_pattern
from travistool.migrate.re2 import is_re2
from travistool.migrate.tasks import Tasks

_EVENTS: Mapping[str, tuple[str, ...]] = {
    "push": ("push",),
    "pull_request": ("merge_request_event",),
    "cron": ("schedule",),
    "api": ("api", "web", "trigger"),
}
_SOURCE = "$CI_PIPELINE_SOURCE"
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
    return "" if condition == TRUE else _of(condition, tasks, holds=True, inside="")


def _of(condition: Condition, tasks: Tasks, *, holds: bool, inside: str) -> str:
    match condition:
        case Not(part):
            return _of(part, tasks, holds=not holds, inside=inside)
        case All(parts) | Any_(parts):
            sign = "&&" if isinstance(condition, All) == holds else "||"
            if not parts:
                return f'{_SOURCE} == "never"' if sign == "||" else f'{_SOURCE} != "never"'
            text = f" {sign} ".join(_of(part, tasks, holds=holds, inside=sign) for part in parts)
            return f"({text})" if inside and inside != sign and len(parts) > 1 else text
        case _:
            return _test(condition, tasks, holds=holds, inside=inside)


def _test(test: Test, tasks: Tasks, *, holds: bool, inside: str) -> str:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return _joined(
                [_compared(_SOURCE, "==", one, holds) for one in _EVENTS.get(text, ("never",))], holds, inside
            )
        case Equals("branch", text):
            return _joined([_compared(name, "==", text, holds) for name in _BRANCH], holds, inside)
        case Matches("branch", pattern):
            return _joined([_matched(name, pattern, tasks, holds) for name in _BRANCH], holds, inside)
        case Fits("branch", glob):
            return _joined([_matched(name, as_pattern(glob), tasks, holds) for name in _BRANCH], holds, inside)
        case Equals(attribute, text):
            return _compared(_name(attribute), "==", text, holds)
        case Matches(attribute, pattern):
            return _matched(_name(attribute), pattern, tasks, holds)
        case Fits(attribute, glob):
            return _matched(_name(attribute), as_pattern(glob), tasks, holds)
        case Same(one, other):
            return f"{_name(one)} {'==' if holds else '!='} {_name(other)}"
        case Present("fork" | "draft" as attribute):
            return _compared(_name(attribute), "==", "true", holds)
        case Present(attribute):
            return _name(attribute) if holds else f"{_name(attribute)} == null"


def _name(attribute: str) -> str:
    return f"${attribute[4:]}" if attribute.startswith("env:") else _NAMES.get(attribute, "$CI_COMMIT_REF_NAME")


def _joined(parts: list[str], holds: bool, inside: str) -> str:
    sign = "||" if holds else "&&"
    text = f" {sign} ".join(parts)
    return f"({text})" if len(parts) > 1 and inside and inside != sign else text


def _compared(name: str, sign: str, text: str, holds: bool) -> str:
    quote = "'" if '"' in text else '"'
    return f"{name} {sign if holds else '!='} {quote}{text}{quote}"


def _matched(name: str, pattern: str, tasks: Tasks, holds: bool) -> str:
    if not is_re2(pattern):
        tasks.add(
            "condition",
            f"the pattern '{pattern}' has what GitLab's patterns (RE2) do not have",
            "write it in another way, where the rules have it",
            changes_rows=True,
        )
    escaped = pattern.replace("\\/", "/").replace("/", "\\/")
    return f"{name} {'=~' if holds else '!~'} /{escaped}/"
