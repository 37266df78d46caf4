"""Conditions as GitHub's expressions. What these cannot say is answered by a gate job, which runs before all others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

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
)
from travistool.migrate.globs import for_grep, globs

GATE = "gate"

_EVENTS = {"push": "push", "pull_request": "pull_request", "cron": "schedule", "api": "workflow_dispatch"}
_BRANCH = "(github.base_ref || github.ref_name)"
ATTRIBUTES: Mapping[str, str] = {
    "branch": "github.base_ref || github.ref_name",
    "tag": "github.ref_type == 'tag' && github.ref_name || ''",
    "repo": "github.repository",
    "head_repo": "github.event.pull_request.head.repo.full_name",
    "head_branch": "github.head_ref",
    "sender": "github.actor",
    "fork": "github.event.repository.fork",
    "draft": "github.event.pull_request.draft",
    "commit_message": "github.event.head_commit.message",
    "type": "github.event_name",
}
"""The attributes of an event; texts are empty where the event does not have them."""

_NAMES = {
    "branch": "BRANCH",
    "tag": "TAG",
    "repo": "REPO",
    "head_repo": "HEAD_REPO",
    "head_branch": "HEAD_BRANCH",
    "sender": "SENDER",
    "commit_message": "COMMIT_MESSAGE",
    "type": "EVENT_TYPE",
    "fork": "FORK",
    "draft": "DRAFT",
}
_ENDS = re.compile(r"(\*\*)?((?:[^*?+\[\]\\!]|\\.)*)(\*\*)?\Z")
_SIMPLE_GLOB = re.compile(r"(\*)?([^*?\[\]\\]*)(\*)?\Z")


class Question(NamedTuple):
    """What the gate job is asked: whether an attribute matches a pattern (`-P` of grep) or a glob."""

    output: str
    attribute: str
    pattern: str
    is_glob: bool = False


class Gate:
    """Collects the questions for the gate job."""

    def __init__(self) -> None:
        self.questions: dict[tuple[str, str, bool], Question] = {}

    def ask(self, attribute: str, pattern: str, *, is_glob: bool = False) -> str:
        """Return the expression for the answer."""
        key = (attribute, pattern, is_glob)
        if key not in self.questions:
            name = f"{attribute.removeprefix('env:').lower()}_{len(self.questions) + 1}"
            self.questions[key] = Question(re.sub(r"\W", "_", name), attribute, pattern, is_glob)
        return f"needs.{GATE}.outputs.{self.questions[key].output} == 'true'"


def expression(condition: Condition, gate: Gate) -> str:
    """Return a condition as an expression without its `${{ }}`; `` for one that always holds."""
    return "" if condition == TRUE else _of(condition, gate, inside="", no_pull_request=False)


def attribute_text(attribute: str) -> str:
    """Return the expression for an attribute of the event."""
    return f"vars.{attribute[4:]}" if attribute.startswith("env:") else ATTRIBUTES[attribute]


def variable_name(attribute: str) -> str:
    """Return the name of the variable that the gate job sees an attribute by."""
    return attribute[4:] if attribute.startswith("env:") else _NAMES[attribute]


def _of(condition: Condition, gate: Gate, *, inside: str, no_pull_request: bool) -> str:
    match condition:
        case All(parts):
            if not parts:
                return "true"
            known = no_pull_request or any(map(_rules_out_pull_requests, parts))
            texts = [_of(part, gate, inside="&&", no_pull_request=known) for part in _redundant_out(parts)]
            return " && ".join(texts)
        case Any_(parts):
            if not parts:
                return "false"
            text = " || ".join(_of(part, gate, inside="||", no_pull_request=no_pull_request) for part in parts)
            return f"({text})" if inside == "&&" and len(parts) > 1 else text
        case Not(part):
            return _negated(part, gate, no_pull_request)
        case Same(one, other):
            return f"{_value(one, no_pull_request)} == {_value(other, no_pull_request)}"
        case Equals() | Matches() | Fits() | Present():
            text = _test(condition, gate, no_pull_request)
            return f"({text})" if " || " in text and inside == "&&" and not text.startswith("(github.base") else text


def _rules_out_pull_requests(part: Condition) -> bool:
    return part == Not(Equals("type", "pull_request")) or (
        isinstance(part, Equals) and part.attribute == "type" and part.text != "pull_request"
    )


def _redundant_out(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Leave out that it is no pull request where another part already says which event it is."""
    if any(isinstance(part, Equals) and part.attribute == "type" for part in parts):
        return tuple([part for part in parts if not (isinstance(part, Not) and _rules_out_pull_requests(part))])
    return parts


def _negated(part: Condition, gate: Gate, no_pull_request: bool) -> str:
    match part:
        case Equals("tag", _) | Matches() | Fits():
            text = _of(part, gate, inside="", no_pull_request=no_pull_request)
            if text.startswith("needs."):
                return text.replace(" == 'true'", " != 'true'")
            return f"!{text}" if _is_call(text) else f"!({text})"
        case Equals() | Same():
            return _of(part, gate, inside="", no_pull_request=no_pull_request).replace(" == ", " != ", 1)
        case Present("tag"):
            return "github.ref_type != 'tag'"
        case _:
            return f"!({_of(part, gate, inside='', no_pull_request=no_pull_request)})"


def _is_call(text: str) -> bool:
    return text.startswith(("startsWith(", "endsWith(", "contains(")) and text.count("(") <= 2 and " && " not in text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _value(attribute: str, no_pull_request: bool) -> str:
    """Return the expression of an attribute, as an operand."""
    if attribute == "branch":
        return "github.ref_name" if no_pull_request else _BRANCH
    if attribute == "tag":
        return "github.ref_name"
    return attribute_text(attribute)


def _test(test: Equals | Matches | Fits | Present, gate: Gate, no_pull_request: bool) -> str:
    attribute = test.attribute
    value = _value(attribute, no_pull_request)
    only_tags = "github.ref_type == 'tag' && " if attribute == "tag" else ""
    match test:
        case Present("tag"):
            return "github.ref_type == 'tag'"
        case Present("fork" | "draft"):
            return f"{value} == true"
        case Present():
            return f"{value} != ''"
        case Equals("type", text):
            return f"github.event_name == {_quoted(_EVENTS[text])}" if text in _EVENTS else "false"
        case Equals(_, text):
            return f"{only_tags}{value} == {_quoted(text)}"
        case Fits(_, glob):
            found = _SIMPLE_GLOB.match(glob)
            simple = [(bool(found[1]), found[2], bool(found[3]))] if found and found[2] else None
            return _searched(simple, value, only_tags) or gate.ask(attribute, glob, is_glob=True)
        case Matches(_, pattern):
            return _searched(_simple(pattern), value, only_tags) or gate.ask(attribute, for_grep(pattern))


def _simple(pattern: str) -> list[tuple[bool, str, bool]] | None:
    """Return a pattern as texts, each with whether something may stand before and behind it; None if it is not that."""
    found = globs(pattern)
    parts = [_ENDS.match(one) for one in found or ()]
    if not parts or any(part is None or not part[2] for part in parts):
        return None
    return [(bool(part[1]), re.sub(r"\\(.)", r"\1", part[2]), bool(part[3])) for part in parts if part is not None]


def _searched(texts: list[tuple[bool, str, bool]] | None, value: str, before: str) -> str:
    if not texts or len(texts) > 4:
        return ""
    bare = value.removeprefix("(").removesuffix(")") if value == _BRANCH else value
    calls = {
        (True, True): "contains({}, {})",
        (True, False): "endsWith({}, {})",
        (False, True): "startsWith({}, {})",
    }
    made = [
        f"{value} == {_quoted(text)}" if not start and not end else calls[start, end].format(bare, _quoted(text))
        for start, text, end in texts
    ]
    joined = " || ".join(made)
    return f"{before}({joined})" if before and len(made) > 1 else f"{before}{joined}"


def is_never(condition: Condition) -> bool:
    """Tell whether a condition cannot hold."""
    return condition == FALSE


def in_parentheses(text: str) -> str:
    """Return an expression that can stand in a chain of `&&`: one with `||` at its top in parentheses."""
    depth, quoted = 0, False
    for at, sign in enumerate(text):
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if sign == "|" and not depth and not quoted and text.startswith("||", at):
            return f"({text})"
    return text
