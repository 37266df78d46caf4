"""What the author of a v0 condition may have meant: mostly v1, which knows more."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEFT = r"(?P<left>\w+(?:\([^()]*\))?)"
# What stands in the text, what to put there, what to tell the user. Applied in this order, each to the last result.
_REWRITES = tuple(
    (re.compile(pattern, re.ASCII | flags), replacement, reason)
    for pattern, replacement, reason, flags in (
        (r"\A\s+|\s+\Z", "", "v0 conditions cannot start or end with a space", 0),
        (r"==", "=", "v0 conditions have no '==', use =", 0),
        (r"\s*&&\s*", " AND ", "v0 conditions have no '&&', use AND", 0),
        (r"\s*\|\|\s*", " OR ", "v0 conditions have no '||', use OR", 0),
        (r"~=", "=~", "v0 conditions have no '~=', use =~", 0),
        (r"!(?![=~])\s*", "NOT ", "v0 conditions have no '!', use NOT", 0),
        (r"\bIS\s+NOT\s+present\b", "IS blank", "v0 conditions have no 'IS NOT', use IS blank", re.IGNORECASE),
        (r"\bIS\s+NOT\s+blank\b", "IS present", "v0 conditions have no 'IS NOT', use IS present", re.IGNORECASE),
        (r"\bIS\s+(true|false)\b", r"= \1", "v0 conditions have no 'IS true', use =", re.IGNORECASE),
        (_LEFT + r"\s+NOT\s+IN\b", r"NOT \g<left> IN", "v0 conditions have no 'NOT IN', put NOT first", re.IGNORECASE),
        (r"\bNOT\(", "NOT (", "a space is missing after NOT", re.IGNORECASE),
        (
            r"(?P<operator>=~|!~)\s*(?P<pattern>[^\s/][^\s]*?)(?P<close>\)+)(?=\s|\Z)",
            r"\g<operator> /\g<pattern>/\g<close>",
            "a pattern before a parenthesis needs slashes around it",
            0,
        ),
        (
            r"\b(?:And|Or|Not|In|Is)\b",
            lambda match: match[0].upper(),
            "v0 keywords are all lower case or all upper case",
            0,
        ),
    )
)


def rewrite(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text after each change that applies, with a sentence about it."""
    for pattern, replacement, reason in _REWRITES:
        changed = pattern.sub(replacement, text)
        if changed != text:
            text = changed
            yield text, reason
