"""Conditions in CircleCI's words: expressions of pipeline values. Those of pull requests exist for pull requests only.

Source: circleci.com/docs, "Pipeline values" and "Expression-based job filters", as of 2026-09.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from travistool.migrate.conditions import TRUE, Condition, Equals, Fits, Matches, Present, Same, Test, attributes, tests
from travistool.migrate.globs import as_pattern
from travistool.migrate.infix import (
    Both,
    Compared,
    Either,
    Opposite,
    Tree,
    Value,
    Words,
    equal,
    expression,
    found_in,
    note_patterns,
)
from travistool.migrate.tasks import Tasks
from travistool.plan.model import Event

WORDS = Words("and", "or", "not ", "=~", "", "true", "false")
_PULL = "pipeline.event.github.pull_request"
_NAMES: Mapping[str, str] = {
    "tag": "pipeline.git.tag",
    "repo": "pipeline.event.github.repository.full_name",
    "head_repo": f"{_PULL}.head.repo.full_name",
    "head_branch": f"{_PULL}.head.ref",
    "sender": "pipeline.event.github.sender.login",
    "commit_message": "pipeline.event.github.head_commit.message",
    "draft": f"{_PULL}.draft",
    "fork": "pipeline.event.github.repository.fork",
}
_OF_PULL = frozenset(("head_repo", "head_branch", "draft"))
_IS_PULL = equal("pipeline.event.name", "pull_request")
_TYPES: Mapping[str, Tree] = {
    "push": Both((equal("pipeline.trigger_source", "webhook"), Opposite(_IS_PULL))),
    "pull_request": _IS_PULL,
    "cron": equal("pipeline.trigger_source", "scheduled_pipeline"),
    "api": equal("pipeline.trigger_source", "api"),
}


def written(condition: Condition, tasks: Tasks) -> str:
    """Return a condition as an expression; `` for one that always holds."""
    note_patterns(condition, "CircleCI", tasks)
    return "" if condition == TRUE else expression(condition, WORDS, _named)


def _named(test: Test) -> Tree:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return _TYPES.get(text, Either(()))
        case Equals("branch", text):
            return _branch(lambda name: equal(name, text))
        case Matches("branch", pattern):
            return _branch(lambda name: _whole(name, pattern))
        case Fits("branch", glob):
            return _branch(lambda name: _whole(name, as_pattern(glob)))
        case Equals(attribute, text):
            return _of(attribute, equal(_name(attribute), text))
        case Matches(attribute, pattern):
            return _of(attribute, _whole(_name(attribute), pattern))
        case Fits(attribute, glob):
            return _of(attribute, _whole(_name(attribute), as_pattern(glob)))
        case Same(one, other):
            compared = Compared(_name(one), _name(other), is_pattern=False)
            return Both((_IS_PULL, compared)) if {one, other} & _OF_PULL else compared
        case Present("fork" | "draft" as attribute):
            return _of(attribute, Compared(_name(attribute), "true", is_pattern=False))
        case Present(attribute):
            return _of(attribute, Opposite(equal(_name(attribute), "")))


def _name(attribute: str) -> str:
    # Variables of the settings are no pipeline values: a parameter of that name is.
    return f"pipeline.parameters.{attribute[4:].lower()}" if attribute.startswith("env:") else _NAMES[attribute]


def parameters(*conditions: Condition) -> tuple[str, ...]:
    """Return the names of the pipeline parameters that conditions ask for."""
    asked = [name for one in conditions for test in tests(one) for name in attributes(test)]
    return tuple(dict.fromkeys(name[4:].lower() for name in asked if name.startswith("env:")))


def _of(attribute: str, tree: Tree) -> Tree:
    return Both((_IS_PULL, tree)) if attribute in _OF_PULL else tree


def _branch(compared: Callable[[str], Tree]) -> Tree:
    return Either(
        (
            Both((Opposite(_IS_PULL), Either((compared("pipeline.git.branch"), compared("pipeline.git.tag"))))),
            Both((_IS_PULL, compared(f"{_PULL}.base.ref"))),
        )
    )


def _whole(name: str, pattern: str) -> Tree:
    """Return the test of a pattern that reads the same to engines that search and to those that fit the whole text."""
    inner = f"(?:{pattern})" if "|" in pattern else pattern
    before = "" if pattern.startswith(("^", "\\A")) and inner == pattern else ".*"
    after = "" if pattern.endswith(("$", "\\z")) and inner == pattern else ".*"
    return found_in(name, f"{before}{inner}{after}")


def values(event: Event) -> dict[str, Value]:
    """Return the pipeline values of an event; those of pull requests are missing for others."""
    sources = {"push": "webhook", "pull_request": "webhook", "cron": "scheduled_pipeline", "api": "api"}
    events = {"push": "push", "pull_request": "pull_request", "cron": "schedule", "api": "api"}
    pull = event.type == "pull_request"
    found: dict[str, Value] = {
        "pipeline.trigger_source": sources[event.type],
        "pipeline.event.name": events[event.type],
        "pipeline.git.branch": (event.head_branch if pull else "" if event.tag else event.branch) or "",
        "pipeline.git.tag": event.tag or "",
        _NAMES["repo"]: event.repo,
        _NAMES["sender"]: event.sender,
        _NAMES["commit_message"]: event.commit_message,
        _NAMES["fork"]: bool(event.fork),
        **{f"pipeline.parameters.{name.lower()}": value for name, value in event.settings.items()},
    }
    if pull:
        found |= {
            f"{_PULL}.base.ref": event.branch,
            _NAMES["head_branch"]: event.head_branch,
            _NAMES["head_repo"]: event.head_repo,
            _NAMES["draft"]: bool(event.draft),
        }
    return found
