"""Patterns of Ruby where a target has RE2, which is without looking around, references and possessive counts."""

from __future__ import annotations

_LACKS = ("(?=", "(?!", "(?<", "(?>", "\\k", "\\g", "\\Z", "\\h", "++", "*+", "?+", "\\R")


def is_re2(pattern: str) -> bool:
    """Tell whether RE2 reads a pattern as Ruby does."""
    return not any(one in pattern for one in _LACKS)
