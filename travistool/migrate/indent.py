"""The lines of a whole job, set in where they stand inside of an `if` or brackets of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STEP = "  "
_QUOTES = re.compile(r"\\.|[\"']", re.DOTALL)
_FRAGILE = re.compile(r"(?<!<)<<(?!<)|\\\n")
"""What may reach over several lines, where blanks count."""


def indented(items: Iterable[str]) -> Iterator[str]:
    """Yield the items with their place: each is a command, or a line that opens or closes something of ours."""
    depth = 0
    for item in items:
        if item in ("fi", ")"):
            depth -= 1
        yield _moved(item, _STEP * depth)
        if item == "(" or (item.startswith("if ") and item.endswith("; then") and "\n" not in item):
            depth += 1


def _moved(text: str, indent: str) -> str:
    """Return a text with blanks in front of its lines; one in which they could change something stays as it is."""
    if not indent or ("\n" in text and not _is_loose(text)):
        return text
    return "\n".join(indent + line if line else line for line in text.split("\n"))


def _is_loose(text: str) -> bool:
    """Tell whether every line break of a text stands between words, outside of quotes and of commands in words."""
    return _FRAGILE.search(text) is None and not any(map(_is_open, text.split("\n")))


def _is_open(line: str) -> bool:
    if line.lstrip().startswith("#"):
        return False
    if line.count("`") % 2 or ("$(" in line and line.count("(") != line.count(")")):
        return True
    quote = ""
    for found in _QUOTES.findall(line):
        if found == quote:
            quote = ""
        elif not quote and not found.startswith("\\"):
            quote = found
    return bool(quote)
