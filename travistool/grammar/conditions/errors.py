"""What is wrong with a condition."""

from __future__ import annotations

SYNTAX = "syntax"
"""The text is no condition."""
SHELL = "shell"
"""The text is no condition, because of an unquoted `$`. The official parser has a message of its own for these."""
REGEX = "regex"
"""A pattern that Ruby refuses. The official parser says so only for patterns that it comes to evaluate."""
CRASH = "crash"
"""The official evaluation stops with an error that the official validator does not expect."""


class ConditionError(ValueError):
    """A condition that cannot be read or evaluated.

    `start` and `end` are 0-based offsets (code points) of the part to blame. `suggestion` is the whole condition,
    corrected, or "" if we cannot guess it. `kind` is one of the constants of this module. `pattern` is the refused
    pattern if that is the kind.
    """

    def __init__(
        self, message: str, start: int, end: int, suggestion: str = "", *, kind: str = SYNTAX, pattern: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.suggestion = suggestion
        self.kind = kind
        self.pattern = pattern


class UntranslatableRegexError(ValueError):
    """A pattern that Ruby accepts but Python's `re` cannot express. `part` is the part that has no equal."""

    def __init__(self, pattern: str, part: str) -> None:
        super().__init__(f"the pattern {pattern!r} uses {part!r}, which cannot be evaluated here")
        self.pattern = pattern
        self.part = part
