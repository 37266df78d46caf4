"""Conditions, the texts behind `if:`, in both versions of their language."""

from __future__ import annotations

from collections.abc import Sequence

from travistool.grammar.conditions.errors import ConditionError, UntranslatableRegexError
from travistool.grammar.conditions.parse_v1 import Failure
from travistool.grammar.conditions.parse_v1 import read as read_v1
from travistool.grammar.conditions.syntax import And, Call, Compare, Expression, In, Is, Match, Not, Or

__all__ = ["ConditionError", "Expression", "check", "parse"]


def parse(text: str, version: str = "v1", keywords: Sequence[str] | None = None) -> Expression:
    """Return the tree of a condition. Raises ConditionError, with a message for the user.

    `keywords` are the attributes that v0 accepts, None for Travis's own; v1 has a fixed list.
    """
    try:
        if version != "v0":
            return read_v1(text)
        # Imported late: hardly a config asks for the old language.
        from travistool.grammar.conditions.parse_v0 import KEYWORDS, read  # noqa: PLC0415

        return read(text, KEYWORDS if keywords is None else tuple(keywords))
    except Failure as failure:
        # Takes 10 ms to import and is only needed for conditions that are wrong.
        from travistool.grammar.conditions.explain import explain  # noqa: PLC0415

        raise explain(text, failure, version) from None


def check(text: str, version: str = "v1") -> ConditionError | None:
    """Return what the official validator has against a condition, None if nothing.

    It evaluates the condition with every attribute and variable missing. So besides text that does not parse it
    finds patterns that Ruby refuses, but in v1 only, and only where AND and OR come to them. Errors of kind `crash`
    are our verdict: the official validator stops with an error of its own there.
    """
    try:
        tree = parse(text, version)
        if _always_evaluates(tree):
            return None
        # Imported late: most conditions need not be asked.
        from travistool.grammar.conditions.data import Data  # noqa: PLC0415
        from travistool.grammar.conditions.evaluate import evaluate  # noqa: PLC0415

        evaluate(tree, Data({}, version), version)
    except ConditionError as error:
        return error
    except UntranslatableRegexError:
        # Ruby may well accept it, and with nothing to search the result does not matter.
        return None
    return None


def _always_evaluates(tree: Expression) -> bool:
    """Tell whether nothing in a condition can make its evaluation fail: only patterns, calls and empty lists can."""
    match tree:
        case And() | Or():
            return all(map(_always_evaluates, tree.operands))
        case Not():
            return _always_evaluates(tree.operand)
        case Compare():
            return not isinstance(tree.left, Call) and not isinstance(tree.right, Call)
        case In():
            return tree.items is not None and not any(isinstance(one, Call) for one in (tree.left, *tree.items))
        case Is():
            return not isinstance(tree.left, Call)
        case Match() | Call():
            return False
        case _:
            return True
