"""Rows of text in columns that fit the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from travistool.report.layout import Style, paint

GAP = "  "
_LEAST = 6
"""No column is made narrower than this."""


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    # Imported late: nearly all configs are ASCII.
    from unicodedata import combining, east_asian_width  # noqa: PLC0415

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, room: int) -> str:
    """Return a text that takes at most so many columns, with an ellipsis where something is gone."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text + "…"


def pad(text: str, room: int) -> str:
    """Return a text filled up with blanks."""
    return text + " " * max(0, room - width(text))


def wrap(text: str, room: int) -> list[str]:
    """Return a text as lines of at most so many columns; words that are longer stay whole."""
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and width(lines[-1]) + 1 + width(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column, 0 for one that is empty in all rows; the widest ones give way to fit the room."""
    found = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    while sum(found) + len(GAP) * (sum(map(bool, found)) - 1) > room:
        widest = max(range(len(found)), key=lambda index: found[index])
        if found[widest] <= _LEAST:
            break
        found[widest] -= 1
    return found


def aligned(cells: Sequence[str], sizes: Sequence[int], style: Style, colors: Sequence[str] = ()) -> str:
    """Return one row; `colors` are codes per column, `` for none."""
    shown = []
    for index, (cell, size) in enumerate(zip(cells, sizes, strict=True)):
        if size:
            text = pad(cut(cell, size), size)
            code = colors[index] if index < len(colors) else ""
            shown.append(paint(style, code, text) if code and text.strip() else text)
    return GAP.join(shown).rstrip()
