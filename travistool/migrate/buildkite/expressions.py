"""Conditions as Buildkite's `if`. Source: buildkite.com/docs, "Using conditionals", as of 2026-09."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from travistool.migrate.conditions import TRUE, Condition, Equals, Fits, Matches, Present, Same, Test, tests
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

WORDS = Words("&&", "||", "!", "=~", "!~", "true", "false")
_NO_PULL = Compared("build.pull_request.id", "null", is_pattern=False)
_NAMES: Mapping[str, str] = {
    "tag": "build.tag",
    "repo": "pipeline.repository",
    "head_repo": "build.pull_request.repository",
    "head_branch": "build.branch",
    "sender": "build.creator.name",
    "commit_message": "build.message",
    "draft": "build.pull_request.draft",
    # There is no such value: whoever needs it sets it in a fork.
    "fork": 'build.env("REPO_IS_FORK")',
}
_TYPES: Mapping[str, Tree] = {
    "push": Both((equal("build.source", "webhook"), _NO_PULL)),
    "pull_request": Opposite(_NO_PULL),
    "cron": equal("build.source", "schedule"),
    "api": Either((equal("build.source", "api"), equal("build.source", "ui"), equal("build.source", "trigger_job"))),
}


def written(condition: Condition, tasks: Tasks) -> str:
    """Return a condition as an expression; `` for one that always holds."""
    if condition == TRUE:
        return ""
    note_patterns(condition, "Buildkite", tasks)
    if any(not isinstance(test, Same) and test.attribute == "sender" for test in tests(condition)):
        reason = "a condition asks for the sender's login, and Buildkite knows people by their names"
        tasks.add("condition", reason, "put the names there where the file has the logins", changes_rows=True)
    return expression(condition, WORDS, _named)


def _named(test: Test) -> Tree:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return _TYPES.get(text, Either(()))
        case Equals("branch", text):
            return _branch(lambda name: equal(name, text))
        case Matches("branch", pattern):
            return _branch(lambda name: found_in(name, pattern))
        case Fits("branch", glob):
            return _branch(lambda name: found_in(name, as_pattern(glob)))
        case Equals("repo" | "head_repo" as attribute, text):
            # Both are addresses: their end is the name.
            return found_in(_name(attribute), f"[:/]{re.escape(text)}(\\.git)?$")
        case Equals(attribute, text):
            return _of(attribute, equal(_name(attribute), text))
        case Matches(attribute, pattern):
            return _of(attribute, found_in(_name(attribute), pattern))
        case Fits(attribute, glob):
            return _of(attribute, found_in(_name(attribute), as_pattern(glob)))
        case Same(one, other) if {one, other} == {"repo", "head_repo"}:
            is_fork = Compared("build.pull_request.repository.fork", "true", is_pattern=False)
            return Both((Opposite(_NO_PULL), Opposite(is_fork)))
        case Same(one, other):
            return Compared(_name(one), _name(other), is_pattern=False)
        case Present("fork" as attribute):
            return equal(_name(attribute), "true")
        case Present("draft" as attribute):
            return Compared(_name(attribute), "true", is_pattern=False)
        case Present("head_branch" | "head_repo"):
            return Opposite(_NO_PULL)
        case Present(attribute):
            return Opposite(Compared(_name(attribute), "null", is_pattern=False))


def _name(attribute: str) -> str:
    return f'build.env("{attribute[4:]}")' if attribute.startswith("env:") else _NAMES.get(attribute, "build.branch")


def _of(attribute: str, tree: Tree) -> Tree:
    return Both((Opposite(_NO_PULL), tree)) if attribute == "head_branch" else tree


def _branch(compared: Callable[[str], Tree]) -> Tree:
    """Return a test of Travis's branch: the target of a pull request, else the branch or the tag."""
    own = Either((compared("build.branch"), compared("build.tag")))
    return Either((compared("build.pull_request.base_branch"), Both((_NO_PULL, own))))


def values(event: Event) -> dict[str, Value]:
    """Return the values of an event; what it does not have is missing (null)."""
    pull = event.type == "pull_request"
    sources = {"push": "webhook", "pull_request": "webhook", "cron": "schedule", "api": "api"}
    found: dict[str, Value] = {
        "build.source": sources[event.type],
        "build.branch": event.head_branch if pull else event.tag or event.branch,
        "build.tag": event.tag,
        "build.message": event.commit_message,
        "build.creator.name": event.sender,
        "pipeline.repository": f"git@example.com:{event.repo}.git",
        'build.env("REPO_IS_FORK")': "true" if event.fork else None,
        **{f'build.env("{name}")': value for name, value in event.settings.items()},
    }
    if pull:
        found |= {
            "build.pull_request.id": "1",
            "build.pull_request.base_branch": event.branch,
            "build.pull_request.repository": f"git://example.com/{event.head_repo}.git",
            "build.pull_request.repository.fork": event.head_repo != event.repo,
            "build.pull_request.draft": bool(event.draft),
        }
    return found
