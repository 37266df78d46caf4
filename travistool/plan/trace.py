"""Which part of a condition decided, and on what values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from travistool.grammar.conditions import ConditionError, Expression, parse
from travistool.grammar.conditions.accept import merge
from travistool.grammar.conditions.data import Data, DataError, to_text
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.evaluate import evaluate
from travistool.grammar.conditions.syntax import (
    ATTRIBUTES,
    And,
    Call,
    Compare,
    In,
    Is,
    Match,
    Not,
    Operand,
    Or,
    Regex,
    Value,
    Var,
)
from travistool.record import Record

_OPTIONS = {
    "sender": "--sender",
    "repo": "--repo",
    "branch": "--branch",
    "commit_message": "--message",
    "head_branch": "--head-branch",
    "head_repo": "--head-repo",
}
_QUOTED = r"""(?s)(["']).*\1"""


class Term(Record):
    """A part of a condition as written, what it came to, and the values it asked for, by name; None: there is none.

    `hint` says what is odd about how it is written, `` where nothing is.
    """

    text: str
    holds: bool
    saw: tuple[tuple[str, Any], ...]
    hint: str = ""


def trace(condition: Any, config: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return the parts that decide a condition; none where it cannot be read or evaluated.

    Of an AND that does not hold, and an OR that does, that is the first such part, as Travis looks no further; else it
    is all parts.
    """
    text = to_text(condition)
    try:
        return tuple(_terms(parse(text), Data(merge(data, config)), text))
    except (ConditionError, DataError, UntranslatableRegexError):
        return ()


def _terms(tree: Expression, data: Data, text: str) -> Iterator[Term]:
    match tree:
        case Not(operand):
            yield from _terms(operand, data, text)
        case And(operands) | Or(operands):
            enough = isinstance(tree, Or)
            decisive = next((one for one in operands if evaluate(one, data) is enough), None)
            for one in operands if decisive is None else (decisive,):
                yield from _terms(one, data, text)
        case _:
            written = text[tree.start : tree.end].strip()
            yield Term(written, evaluate(tree, data), tuple(_saw(tree, data)), _hint(tree, text))


def missing(name: str, data: Mapping[str, Any]) -> str:
    """Return the option that gives an attribute which such an event always has; `` for one that it may lack.

    A variable may be one of the repository's settings, so it always has an option.
    """
    if name.startswith("env("):
        return f"--settings-env {name[4:-1]}=..."
    if name.startswith("head_") and data.get("type") != "pull_request":
        return ""
    return _OPTIONS.get(name, "")


def _hint(tree: Expression, text: str) -> str:
    match tree:
        case Match(left=left, pattern=Regex(source=str(source)) as pattern) if re.fullmatch(_QUOTED, source):
            operator = "=~" if tree.operator == "match" else "!~"
            subject = text[left.start : left.end].strip()
            written = text[pattern.start : pattern.end].strip()
            return f"a quoted pattern is literal text: write {subject} {operator} {written[1:-1]}"
        case Compare(left=Value() as left, right=Value() as right):
            return f"compares two constants{_meant(left, right)}"
        case Match(left=Value() as left) | Is(left=Value() as left):
            return f"asks about a constant{_meant(left)}"
        case Compare(left=Var(name), right=Value("")):
            predicate = "blank" if tree.operator == "eq" else "present"
            return f"write {name} IS {predicate}"
        case _:
            return ""


def _meant(*values: Value) -> str:
    """Return a remark on the first constant that is an attribute in another case; `` for none."""
    for value in values:
        if not value.quoted and value.text.lower() in ATTRIBUTES:
            return f": {value.text} is no attribute, did you mean {value.text.lower()}?"
    return ""


def _saw(tree: Expression, data: Data) -> Iterator[tuple[str, Any]]:
    for operand in _operands(tree):
        match operand:
            case Var(name):
                yield name, data.attribute(name)
            case Call(name, arguments) if name.lower() == "env" and len(arguments) == 1:
                argument = arguments[0]
                if isinstance(argument, Value):
                    yield f"env({argument.text})", data.env(argument.text)
            case Call(_, arguments):
                for argument in arguments:
                    yield from _saw(argument, data)
            case Value():
                pass


def _operands(tree: Expression) -> tuple[Operand, ...]:
    match tree:
        case Var() | Value() | Call():
            return (tree,)
        case Compare():
            return (tree.left, tree.right)
        case Match(left=left, pattern=Regex(source=Call() as call)):
            return (left, call)
        case Match() | Is():
            return (tree.left,)
        case In():
            return (tree.left, *(tree.items or ()))
        case Not() | And() | Or():
            return ()
