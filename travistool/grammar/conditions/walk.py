"""All parts of a condition's tree."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.grammar.conditions.syntax import And, Call, Compare, Expression, In, Is, Match, Not, Or, Regex


def parts(tree: Expression) -> Iterator[Expression]:
    """Yield a tree and everything in it that is an expression or operand, from left to right."""
    yield tree
    for child in _children(tree):
        yield from parts(child)


def _children(tree: Expression) -> tuple[Expression, ...]:
    match tree:
        case And(operands) | Or(operands):
            return operands
        case Not(operand):
            return (operand,)
        case Compare():
            return (tree.left, tree.right)
        case In():
            return (tree.left, *(tree.items or ()))
        case Match(left=left, pattern=Regex(source=Call() as call)):
            return (left, call)
        case Match() | Is():
            return (tree.left,)
        case Call():
            return tree.arguments
        case _:
            return ()
