"""What the official reader deletes before it parses, and the way back to the written text.

It deletes every byte outside ASCII, then the common indentation, then the blanks around the whole text. We keep
letters and symbols, and delete only what looks like nothing: byte order marks, no-break and zero-width spaces,
line separators and bytes that could not be decoded.
"""

from __future__ import annotations

import re
from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BLANKS = "\0\t\n\v\f\r "

# A zero-width joiner behind a letter or symbol is part of it and stays.
UNSEEN = (
    "[\x80-\xa0\xad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]+"
    "|(?<![^\\x00-\\x7f])[\u200c\u200d]"
)
_FIRST = r"( *)[^ \t\n\v\f\r]"


class Offsets:
    """Where the characters of a cleaned text stand in the written one. Offsets are 0-based code points."""

    __slots__ = ("_layers",)

    def __init__(self) -> None:
        self._layers: list[tuple[Sequence[int], Sequence[int]]] = []

    def cut(self, text: str, pattern: re.Pattern[str]) -> str:
        """Return `text` without what fits the pattern, and remember where that was."""
        from array import array  # noqa: PLC0415  few texts have anything to delete

        starts, deltas = array("L", [0]), array("L", [0])
        removed = 0
        for match in pattern.finditer(text):
            removed += match.end() - match.start()
            starts.append(match.end() - removed)
            deltas.append(removed)
        if not removed:
            return text
        self._layers.append((starts, deltas))
        return pattern.sub("", text)

    def start(self, offset: int) -> int:
        """Return the written place of the character at `offset`."""
        for starts, deltas in reversed(self._layers):
            offset += deltas[bisect_right(starts, offset) - 1]
        return offset

    def end(self, offset: int) -> int:
        """Return the written place right behind the character before `offset`."""
        return self.start(offset - 1) + 1 if offset else self.start(0)


def clean(text: str) -> tuple[str, Offsets | None]:
    """Return the text that Travis parses, and the way back; None where every offset stays the same."""
    if text[:1] not in BLANKS and (text.isascii() or re.search(UNSEEN, text) is None):
        return text.rstrip(BLANKS), None
    offsets = Offsets()
    text = offsets.cut(text, re.compile(UNSEEN))
    first = re.search(_FIRST, text)
    width = len(first[1]) if first else 0
    if width:
        text = offsets.cut(text, re.compile(f"^ {{{width}}}", re.MULTILINE))
    text = offsets.cut(text, re.compile(rf"\A[{BLANKS}]+"))
    return text.rstrip(BLANKS), offsets


def unseen(text: str, start: int, end: int) -> str:
    """Return the first deleted character that looks like nothing in a range of the written text, else nothing."""
    found = re.compile(UNSEEN).search(text, start, end)
    return found[0][0] if found else ""
