"""Patterns that are looked for in many texts and found in few: their words are looked for first, which is much faster."""

from __future__ import annotations

import re
from typing import NamedTuple


class Sought(NamedTuple):
    """A pattern, and words of which every text that it fits has at least one: a test derives that from the pattern."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Tell whether it is worth looking at a text."""
        return any(word in text for word in self.words)

    def is_in(self, text: str) -> bool:
        """Tell whether a text has it."""
        return self.may_be_in(text) and self.pattern.search(text) is not None

    def all_in(self, text: str) -> frozenset[str]:
        """Return what the pattern finds, or its group where it has one, each once."""
        return frozenset(self.pattern.findall(text)) if self.may_be_in(text) else frozenset()


def sought(pattern: str, *words: str) -> Sought:
    """Return a pattern with its words."""
    return Sought(re.compile(pattern), words)
