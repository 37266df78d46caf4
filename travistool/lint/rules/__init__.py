"""Rules beyond the official parser, one module each in the folder of its group. No run loads this without need."""

from __future__ import annotations

from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.lint.rule import Rule


@cache
def load(group: str, name: str) -> Rule:
    """Return a rule of the index."""
    rule: Rule = import_module(f"travistool.lint.rules.{group}.{name.replace('-', '_')}").RULE
    return rule
