"""Which part of a condition decided, and on what values."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from travistool.grammar.conditions import ConditionError, Data, Expression, evaluate, parse
from travistool.grammar.conditions.accept import merge
from travistool.grammar.conditions.data import DataError, to_text
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.syntax import And, Call, Compare, In, Is, Match, Not, Operand, Or, Regex, Value, Var


class Term(NamedTuple):
    """A part of a condition as written, what it came to, and the values it asked for, by name; None: there is none."""

    text: str
    holds: bool
    saw: tuple[tuple[str, Any], ...]


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
            yield Term(text[tree.start : tree.end].strip(), evaluate(tree, data), tuple(_saw(tree, data)))


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
