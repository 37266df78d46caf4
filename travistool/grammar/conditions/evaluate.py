"""Ask a condition about an event and a job (travis-conditions lib/travis/conditions/{v0,v1}/eval.rb at c5e8ab1).

Facts worth knowing (v1): a missing attribute or variable is None; the texts true and false are booleans everywhere;
`=~` with a missing side does not hold, `!~` then does; parts that AND and OR do not need are not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from travistool.grammar.conditions.data import Data, DataError, cast, is_equal, to_text
from travistool.grammar.conditions.errors import CRASH, REGEX, ConditionError
from travistool.grammar.conditions.syntax import (
    And,
    Call,
    Compare,
    Expression,
    In,
    Is,
    Match,
    Not,
    Operand,
    Or,
    Value,
    Var,
)


def evaluate(tree: Expression, data: Data, version: str = "v1") -> bool:
    """Return whether the condition holds.

    Raises ConditionError (kind `regex` or `crash`) where the official evaluation does, and UntranslatableRegexError
    where we cannot tell.
    """
    return _truth((_value_v0 if version == "v0" else _value)(tree, data))


def _value(tree: Expression, data: Data) -> Any:
    match tree:
        case Var() | Value() | Call():
            return _operand(tree, data)
        case Compare():
            holds = is_equal(_operand(tree.left, data), _operand(tree.right, data))
            return holds if tree.operator == "eq" else not holds
        case Match():
            return _matches(tree, data) is (tree.operator == "match")
        case In():
            return _is_in(tree, data) is (tree.operator == "in")
        case Is():
            return _is(tree.predicate, _operand(tree.left, data)) is (tree.operator == "is")
        case Not() | And() | Or():
            return _logic(tree, data, _value)


def _operand(operand: Operand, data: Data) -> Any:
    match operand:
        case Var():
            return cast(data.attribute(operand.name))
        case Value():
            return cast(operand.text)
        case Call():
            return cast(_call(operand, data))


def _call(call: Call, data: Data) -> Any:
    arguments = [_operand(argument, data) for argument in call.arguments]
    if call.name.lower() == "concat":
        return "".join(map(to_text, arguments))
    if len(arguments) > 1:
        _crash(f"{call.name} takes one name, not {len(arguments)}", call)
    try:
        return data.env(arguments[0] if arguments else None)
    except DataError as error:
        _crash(str(error), call, error)


def _matches(tree: Match, data: Data) -> bool:
    left = _operand(tree.left, data)
    if tree.pattern is None:
        return False
    source = tree.pattern.source
    pattern = cast(source) if isinstance(source, str) else _operand(source, data)
    if pattern is None or pattern is False:
        return False
    if not isinstance(pattern, str):
        _crash(f"{to_text(pattern)} is no pattern", tree.pattern)
    found = _search(pattern, "" if left is None else to_text(left), tree)
    return left is not None and found


def _search(pattern: str, text: str, tree: Match, kind: str = REGEX) -> bool:
    # Imported late: it compiles many patterns, and most conditions hold none.
    from travistool.grammar.conditions import regex  # noqa: PLC0415

    try:
        return regex.compile(pattern).search(text)
    except regex.RubyRegexError as error:
        place = tree.pattern or tree
        message = f"Ruby refuses the pattern {pattern!r}: {error}"
        raise ConditionError(message, place.start, place.end, kind=kind, pattern=pattern) from error


def _is_in(tree: In, data: Data) -> bool:
    if tree.items is None:
        _crash("a list in brackets is missing after IN", tree)
    items = [_operand(item, data) for item in tree.items]
    left = _operand(tree.left, data)
    return any(is_equal(item, left) for item in items)


def _is(predicate: str, value: Any) -> bool:
    if predicate in {"true", "false"}:
        is_true = value is not None and value is not False
        return is_true if predicate == "true" else not is_true
    is_present = len(value) > 0 if isinstance(value, str | list | dict) else value is not None and value is not False
    return is_present if predicate == "present" else not is_present


def _logic(tree: Not | And | Or, data: Data, value: Callable[[Expression, Data], Any]) -> bool:
    match tree:
        case Not():
            return not _truth(value(tree.operand, data))
        case And():
            return all(_truth(value(operand, data)) for operand in tree.operands)
        case Or():
            return any(_truth(value(operand, data)) for operand in tree.operands)


def _truth(value: Any) -> bool:
    """Ruby's: only nil and false are false; 0 and the empty text are true."""
    return value is not None and value is not False


def _value_v0(tree: Expression, data: Data) -> Any:
    match tree:
        case Compare():
            assert isinstance(tree.right, Value)
            holds = is_equal(_operand_v0(tree.left, data), tree.right.text)
            return holds if tree.operator == "eq" else not holds
        case Match():
            return _matches_v0(tree, data) is (tree.operator == "match")
        case In():
            left = _operand_v0(tree.left, data)
            return any(isinstance(item, Value) and is_equal(left, item.text) for item in tree.items or ())
        case Is():
            value = _operand_v0(tree.left, data)
            is_present = isinstance(value, str | list | dict) and len(value) > 0
            return is_present if tree.predicate == "present" else not is_present
        case Not() | And() | Or():
            return _logic(tree, data, _value_v0)
        case Var() | Value() | Call():
            return _operand_v0(tree, data)


def _operand_v0(operand: Operand, data: Data) -> Any:
    match operand:
        case Var():
            return data.attribute(operand.name)
        case Value():
            return operand.text
        case Call():
            name = operand.arguments[0]
            assert isinstance(name, Value)
            return data.variables.get(name.text)


def _matches_v0(tree: Match, data: Data) -> bool:
    assert tree.pattern is not None
    assert isinstance(tree.pattern.source, str)
    left = _operand_v0(tree.left, data)
    # Unlike v1, v0 lets Ruby's own error about the pattern pass.
    found = _search(tree.pattern.source, left if isinstance(left, str) else "", tree, CRASH)
    if left is not None and not isinstance(left, str):
        _crash(f"{to_text(left)} is no text to search", tree.left)
    return left is not None and found


def _crash(message: str, place: Any, cause: Exception | None = None) -> NoReturn:
    raise ConditionError(message, place.start, place.end, kind=CRASH) from cause
