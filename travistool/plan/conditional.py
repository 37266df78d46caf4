"""What conditions come to. Each text is parsed once, however many jobs share it. Private: for decide.py."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from travistool.grammar.conditions import ConditionError, Expression, parse
from travistool.grammar.conditions.accept import merge
from travistool.grammar.conditions.data import Data, DataError, to_text
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.evaluate import evaluate
from travistool.plan.model import Decision
from travistool.source import Span


def decided(condition: Any, span: Span | None, config: Mapping[str, Any], data: Mapping[str, Any]) -> Decision:
    """Return what a condition that is there, and no collection, comes to."""
    text = to_text(condition)
    tree = _tree(text)
    if isinstance(tree, ConditionError):
        return Decision(False, text, span, tree.message)
    try:
        return Decision(evaluate(tree, Data(merge(data, config))), text, span)
    except (ConditionError, DataError) as error:
        return Decision(False, text, span, str(error))
    except UntranslatableRegexError as error:
        return Decision(True, text, span, str(error), unknown=True)


@lru_cache(maxsize=512)
def _tree(text: str) -> Expression | ConditionError:
    try:
        return parse(text)
    except ConditionError as error:
        return error
