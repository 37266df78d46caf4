"""Conditions of a file as trees, for the rules about them."""

from travistool.grammar.conditions import ConditionError, Expression, parse
from travistool.schema.elements import Element


def tree_of(condition: Element) -> Expression | None:
    """Return the tree of an `if`; None where it cannot be read, which `invalid-condition` reports."""
    try:
        return parse(str(condition.value))
    except ConditionError:
        return None
