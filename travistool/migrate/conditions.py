"""What is left of a condition once a job is known: tests of the event only, in a form that every target can write.

`residual` decides all that the config decides (os, language, `env(X)` ...). Attributes of the event are those of
`plan.model.Event`; a variable that the config does not set is the attribute `env:NAME`, a setting of the repository. The values are records: named tuples of different types would be equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from travistool.grammar.conditions import ConditionError, parse
from travistool.grammar.conditions.data import Data, DataError, cast, is_equal, to_text
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.evaluate import evaluate
from travistool.grammar.conditions.syntax import (
    And,
    Call,
    Compare,
    Expression,
    In,
    Is,
    Match,
    Operand,
    Or,
    Value,
    Var,
)
from travistool.grammar.conditions.syntax import Not as NotTree
from travistool.plan.planning import Config
from travistool.record import Record

EVENT = frozenset(
    ("type", "repo", "head_repo", "sender", "fork", "draft", "branch", "head_branch", "tag", "commit_message")
)
_FLAGS = frozenset(("fork", "draft"))
_ALWAYS_THERE = frozenset(("type", "repo", "branch", "sender"))


class Equals(Record):
    """The attribute is this text; an attribute that the event does not have is no text."""

    attribute: str
    text: str


class Matches(Record):
    """The attribute is there, and Ruby's pattern (no slashes) is found in it."""

    attribute: str
    pattern: str


class Fits(Record):
    """The attribute fits a glob as `[[ $X = glob ]]` compares: `*` also stands for slashes."""

    attribute: str
    glob: str


class Present(Record):
    """The event has the attribute, and it is not empty; of `fork` and `draft`: it is true."""

    attribute: str


class Same(Record):
    """Two attributes of the event are there and equal."""

    one: str
    other: str


class Not(Record):
    """This does not hold."""

    part: Condition


class All(Record):
    """All of these hold."""

    parts: tuple[Condition, ...]


class Any_(Record):  # noqa: N801  # `Any` is taken
    """One of these holds."""

    parts: tuple[Condition, ...]


Test: TypeAlias = Equals | Matches | Fits | Present | Same
Condition: TypeAlias = Test | Not | All | Any_

TRUE = All(())
FALSE = Any_(())


class UnsupportedError(ValueError):
    """The condition asks what no target can: for a text or pattern that is made of what only the event knows."""


def both(*parts: Condition) -> Condition:
    """Return the condition that all of these hold, in its shortest form."""
    flat = tuple(dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, All) else (part,))))
    if FALSE in flat:
        return FALSE
    return flat[0] if len(flat) == 1 else All(flat)


def either(*parts: Condition) -> Condition:
    """Return the condition that one of these holds, in its shortest form."""
    flat = tuple(dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, Any_) else (part,))))
    if TRUE in flat:
        return TRUE
    return flat[0] if len(flat) == 1 else Any_(flat)


def negated(part: Condition) -> Condition:
    """Return the opposite."""
    match part:
        case All(()):
            return FALSE
        case Any_(()):
            return TRUE
        case Not(inner):
            return inner
        case _:
            return Not(part)


def without(condition: Condition, known: Condition) -> Condition:
    """Return what is left of a condition where `known` already holds."""
    if condition == known:
        return TRUE
    if not isinstance(condition, All):
        return condition
    parts = known.parts if isinstance(known, All) else (known,)
    return both(*[part for part in condition.parts if part not in parts])


def tests(condition: Condition) -> Iterator[Test]:
    """Yield all single tests, in order."""
    match condition:
        case All(parts) | Any_(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case _:
            yield condition


def attributes(test: Test) -> tuple[str, ...]:
    """Return the attributes that a test asks for."""
    return (test.one, test.other) if isinstance(test, Same) else (test.attribute,)


def residual(text: Any, config: Config) -> Condition:
    """Return what is left of an `if` for a job's config. Raises UnsupportedError.

    As in the plan, a list and a map are no conditions, and one that cannot be read or evaluated does not hold.
    """
    if text is None or isinstance(text, list | dict):
        return TRUE
    try:
        return _Residual(config).of(parse(to_text(text)))
    except (ConditionError, DataError):
        return FALSE
    except UntranslatableRegexError as error:
        raise UnsupportedError(str(error)) from error


class _Event(Record):
    """An operand that only the event knows."""

    attribute: str


class _Residual:
    def __init__(self, config: Config) -> None:
        from travistool.grammar.conditions.accept import merge  # noqa: PLC0415  # few configs have conditions

        self.config = config
        self.data = Data(merge({}, config))

    def of(self, tree: Expression) -> Condition:
        match tree:
            case And(operands):
                return both(*map(self.of, operands))
            case Or(operands):
                return either(*map(self.of, operands))
            case NotTree(operand):
                return negated(self.of(operand))
            case Compare(operator, left, right):
                found = self._compare(left, right)
                return found if operator == "eq" else negated(found)
            case In(operator, left, items):
                if items is None:
                    raise DataError("a list is missing")
                found = either(*[self._compare(left, item) for item in items])
                return found if operator == "in" else negated(found)
            case Match():
                return self._match(tree)
            case Is():
                return self._is(tree)
            case _:
                value = self._operand(tree)
                return _present(value.attribute) if isinstance(value, _Event) else _known(value not in (None, False))

    def _operand(self, operand: Operand) -> Any:
        match operand:
            case Var(name):
                in_config = name in self.config or name == "env" or name not in EVENT
                return cast(self.data.attribute(name)) if in_config else _Event(name)
            case Value(text):
                return cast(text)
            case Call(name, arguments):
                return self._call(name, arguments)

    def _call(self, name: str, arguments: tuple[Operand, ...]) -> Any:
        values = [self._operand(argument) for argument in arguments]
        if any(isinstance(value, _Event) for value in values):
            raise UnsupportedError(f"{name}() of what only the event knows")
        if name.lower() == "concat":
            return cast("".join(map(to_text, values)))
        wanted = values[0] if values else None
        variables: Mapping[str, Any] = self.data.variables if isinstance(self.data.variables, dict) else {}
        if isinstance(wanted, str) and wanted not in variables:
            return _Event(f"env:{wanted}")
        return cast(self.data.env(wanted))

    def _compare(self, left: Operand, right: Operand) -> Condition:
        one, other = self._operand(left), self._operand(right)
        if isinstance(one, _Event) and isinstance(other, _Event):
            return TRUE if one == other else Same(one.attribute, other.attribute)
        if isinstance(one, _Event) or isinstance(other, _Event):
            event, value = (one, other) if isinstance(one, _Event) else (other, one)
            return _equals(event.attribute, value)
        return _known(is_equal(one, other))

    def _match(self, tree: Match) -> Condition:
        left = self._operand(tree.left)
        pattern = None
        if tree.pattern is not None:
            source = tree.pattern.source
            pattern = source if isinstance(source, str) else self._operand(source)
        if not isinstance(left, _Event):
            return _known(evaluate(tree, self.data))
        if isinstance(pattern, _Event):
            raise UnsupportedError("a pattern that only the event knows")
        found = Matches(left.attribute, pattern) if isinstance(pattern, str) else FALSE
        return found if tree.operator == "match" else negated(found)

    def _is(self, tree: Is) -> Condition:
        left = self._operand(tree.left)
        if not isinstance(left, _Event):
            return _known(evaluate(tree, self.data))
        found = _present(left.attribute)
        wanted = (tree.predicate in ("present", "true")) == (tree.operator == "is")
        return found if wanted else negated(found)


def _known(holds: bool) -> Condition:
    return TRUE if holds else FALSE


def _present(attribute: str) -> Condition:
    return TRUE if attribute in _ALWAYS_THERE else Present(attribute)


def _equals(attribute: str, value: Any) -> Condition:
    if attribute in _FLAGS:
        if isinstance(value, bool):
            return Present(attribute) if value else Not(Present(attribute))
        return FALSE
    if value is None:
        return negated(_present(attribute))
    text = to_text(value)
    # An attribute that is missing is no empty text, and no event has an empty one.
    return Equals(attribute, text) if text else FALSE
