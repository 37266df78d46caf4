"""Conditions as the `when` of a stage, for jobs that find branches, tags and pull requests (multibranch).

Source: jenkins.io/doc/book/pipeline/syntax, "Built-in conditions". For a pull request `branch` is its number, and the
branch that it is for is the target of its `changeRequest`; for a tag `branch` is the tag.
"""

from __future__ import annotations

import re
from warnings import catch_warnings, simplefilter

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
    attributes,
)
from travistool.migrate.globs import as_pattern
from travistool.migrate.jenkins.groovy import Block, block, leaf, quoted
from travistool.migrate.tasks import Tasks

_PLAIN = re.compile(r"[\w./-]+\Z")
_TYPES = {
    "pull_request": leaf("changeRequest()"),
    "cron": leaf("triggeredBy 'TimerTrigger'"),
    "api": leaf("triggeredBy 'UserIdCause'"),
}
_NEVER = leaf("expression { false }")
_A_PULL = "PR-1"


def when(condition: Condition, tasks: Tasks) -> tuple[Block, ...]:
    """Return the section of a stage; none for a condition that always holds."""
    if condition == TRUE:
        return ()
    made = _of(condition, tasks)
    # What all have to hold needs no words of its own.
    inside = made.inside if made.head == "allOf" and made.inside else (made,)
    return (block("when", leaf("beforeAgent true"), *inside),)


def _of(condition: Condition, tasks: Tasks) -> Block:
    match condition:
        case All(()):
            return leaf("expression { true }")
        case Any_(()):
            return _NEVER
        case All(parts):
            return block("allOf", *[_of(part, tasks) for part in parts])
        case Any_(parts):
            return block("anyOf", *_flat([_of(part, tasks) for part in parts]))
        case Not(part):
            return block("not", _of(part, tasks))
        case _:
            return _test(condition, tasks)


def _flat(made: list[Block]) -> list[Block]:
    """Return alternatives without those that are alternatives themselves."""
    return [inner for one in made for inner in (one.inside or () if one.head == "anyOf" else (one,))]


def _test(test: Test, tasks: Tasks) -> Block:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return _TYPES[text] if text in _TYPES else block("not", block("anyOf", *_TYPES.values()))
        case Equals("branch", text):
            return block("anyOf", _compared("branch", "", text), _compared("changeRequest", "target", text))
        case Matches("branch", pattern):
            return _branch(java(pattern))
        case Fits("branch", glob):
            return _branch(java(as_pattern(glob)))
        case Present("branch"):
            return leaf("expression { true }")
        case Equals("tag", text):
            return _compared("tag", "", text)
        case Matches("tag", pattern):
            return _matched("tag", "pattern", java(pattern))
        case Fits("tag", glob):
            return _matched("tag", "pattern", java(as_pattern(glob)))
        case Present("tag"):
            return leaf("buildingTag()")
        case Equals("head_branch", text):
            return _compared("changeRequest", "branch", text)
        case Matches("head_branch", pattern):
            return _matched("changeRequest", "branch", java(pattern))
        case Present("head_branch" | "head_repo"):
            return leaf("changeRequest()")
        case Same("head_repo" | "repo", "head_repo" | "repo"):
            return block("allOf", leaf("changeRequest()"), leaf("expression { !env.CHANGE_FORK }"))
        case _:
            return _other(test, tasks)


def _other(test: Test, tasks: Tasks) -> Block:
    match test:
        case Equals("repo", text):
            found = f".*[:/]{re.escape(text)}([.]git)?"
            return leaf(f"expression {{ scm.userRemoteConfigs[0].url.matches({quoted(found)}) }}")
        case Matches("commit_message", pattern):
            tasks.add(
                "condition",
                "a condition about the commit message asks for those of all new commits on Jenkins",
                "look whether that is meant: Travis asks for the last one only",
                changes_rows=True,
            )
            return leaf(f"changelog {quoted(f'(?s){java(pattern)}')}")
        case Equals(attribute, text) if attribute.startswith("env:"):
            return leaf(f"environment name: {quoted(attribute[4:])}, value: {quoted(text)}")
        case Present(attribute) if attribute.startswith("env:"):
            return leaf(f"expression {{ env.{attribute[4:]} }}")
        case Matches(attribute, pattern) if attribute.startswith("env:"):
            return leaf(f"expression {{ env.{attribute[4:]}?.matches({quoted(java(pattern))}) }}")
        case _:
            asked = " and ".join(name.removeprefix("env:") for name in attributes(test))
            reason = f"a condition asks for {asked}, which no `when` of Jenkins does"
            tasks.add("condition", reason, "ask for something else, where `when` says false", changes_rows=True)
            return _NEVER


def _branch(pattern: str) -> Block:
    own = _matched("branch", "pattern", pattern)
    if _may_be_a_pull(pattern):
        own = block("allOf", block("not", leaf("changeRequest()")), own)
    return block("anyOf", own, _matched("changeRequest", "target", pattern))


def _may_be_a_pull(pattern: str) -> bool:
    """Tell whether a pattern of Java may fit the name of a pull request; what only Java understands may."""
    try:
        with catch_warnings():
            simplefilter("ignore")  # about what will mean something else one day
            return re.fullmatch(pattern, _A_PULL) is not None
    except (re.error, OverflowError, RecursionError):
        return True


def _compared(name: str, key: str, text: str) -> Block:
    if _PLAIN.match(text):
        return leaf(f"{name} {f'{key}: ' if key else ''}{quoted(text)}")
    return leaf(f"{name} {key or 'pattern'}: {quoted(text)}, comparator: 'EQUALS'")


def _matched(name: str, key: str, pattern: str) -> Block:
    return leaf(f"{name} {key}: {quoted(pattern)}, comparator: 'REGEXP'")


def java(pattern: str) -> str:
    """Return a pattern of Ruby, which searches, as one of Java for all of a text."""
    pattern = pattern.replace("\\h", "[0-9a-fA-F]").replace("\\/", "/").replace("\\Z", "\\z")
    # A start that is repeated, as in `^*`, is none.
    if "|" in pattern or re.match(r"(?:\^|\\A)[*+?{]", pattern):
        return f".*(?:{pattern}).*"
    start = "" if pattern.startswith(("^", "\\A")) else ".*"
    end = "" if re.search(r"(?<!\\)(?:\\\\)*(?:\$|\\z)\Z", pattern) else ".*"
    inner = re.sub(r"\A(?:\^|\\A)", "", pattern)
    inner = inner if end else re.sub(r"(?:\$|\\z)\Z", "", inner)
    return f"{start}{inner}{end}"
