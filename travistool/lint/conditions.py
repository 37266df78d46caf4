"""Conditions of a file as trees, for the rules about them."""

from __future__ import annotations

from travistool.grammar.conditions import ConditionError, Expression, parse
from travistool.grammar.conditions.syntax import And, Is, Match, Var
from travistool.schema.elements import Element


def tree_of(condition: Element) -> Expression | None:
    """Return the tree of an `if`; None where it cannot be read, which `invalid-condition` reports."""
    try:
        return parse(str(condition.value))
    except ConditionError:
        return None


def asks_for_tag(tree: Expression) -> bool:
    """Tell whether a condition holds only where there is a tag."""
    match tree:
        case And(operands=operands):
            return any(map(asks_for_tag, operands))
        case Is(left=Var(name="tag"), operator=operator, predicate=predicate):
            return (predicate == "present") is (operator == "is") and predicate in ("present", "blank")
        case Match(left=Var(name="tag"), operator="match"):
            return True
    return False
