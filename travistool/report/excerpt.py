"""The lines around a finding, with a caret and without secrets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from travistool.diagnostics import Findings
from travistool.grammar.secrets import Mask
from travistool.report.layout import DIM, Style, paint, printable
from travistool.source import Source, Span

_MARGIN = 4


def excerpt(hidden: Hidden, span: Span, color: str, style: Style) -> list[str]:
    """Return the line of the span's start with the line before it, and a caret line; long lines are cut."""
    source = span.source
    if not source.text:
        return []
    starts = source.starts()
    line = bisect_right(starts, span.start)
    begin = starts[line - 1]
    text = hidden.line(source, line)
    start = span.start - begin
    stop = span.end - begin if line == len(starts) or span.end < starts[line] else len(text)
    number = str(line)
    gutter = max(_MARGIN, len(number))
    room = style.width - gutter - _MARGIN
    bar = paint(style, DIM, "|")
    shown = []
    before = hidden.line(source, line - 1) if line > 1 else ""
    if before and not before.isspace():
        shown.append(_numbered(before, str(line - 1).rjust(gutter), bar, room, style))
    text, start, stop = _cut(text, start, max(stop, start + 1), room)
    shown.append(f"{paint(style, DIM, number.rjust(gutter))} {bar} {printable(text)}".rstrip())
    carets = paint(style, color, "^" * max(1, _width(text[start:stop])))
    shown.append(f"{' ' * gutter} {bar} {' ' * _width(text[:start])}{carets}")
    return shown


class Hidden:
    """Stars out the secrets of a file, character by character so that carets still fit."""

    def __init__(self, findings: Findings) -> None:
        self.spans = sorted((span.start, span.end) for span in findings.secrets if span.source is findings.source)
        self.source = findings.source
        self.mask = Mask(span.text.strip("\"'") for span in findings.secrets)
        self.known: dict[tuple[Source, int], str] = {}

    def line(self, source: Source, number: int) -> str:
        """Return a line without its secrets."""
        known = self.known.get((source, number))
        if known is None:
            known = self.known[source, number] = self._line(source, number)
        return known

    def _line(self, source: Source, number: int) -> str:
        text = source.line(number)
        begin = source.starts()[number - 1]
        end = begin + len(text)
        ranges = self.mask.ranges(text)
        if source is self.source:
            # Spans do not overlap, so those that reach into the line stand right before its end.
            for start, stop in reversed(self.spans[: bisect_left(self.spans, (end, 0))]):
                if stop <= begin:
                    break
                ranges.append((max(start - begin, 0), min(stop, end) - begin))
        for start, stop in ranges:
            text = text[:start] + "*" * (stop - start) + text[stop:]
        return text


def _numbered(text: str, number: str, bar: str, room: int, style: Style) -> str:
    room = max(20, room)
    if len(text) > room:
        text = text[: room - 1] + "…"
    return f"{paint(style, DIM, number)} {bar} {printable(text)}"


def _cut(text: str, start: int, stop: int, room: int) -> tuple[str, int, int]:
    """Cut a long line around the marked part; return the text and where the part now is."""
    room = max(20, room)
    if len(text) <= room:
        return text, start, stop
    begin = max(0, min(start - room // 3, len(text) - room))
    piece = text[begin : begin + room]
    start, stop = start - begin, min(stop - begin, room)
    if begin:
        piece = "…" + piece[1:]
    if begin + room < len(text):
        piece = piece[:-1] + "…"
    return piece, start, stop


def _width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    # Imported late: nearly all configs are ASCII.
    from unicodedata import combining, east_asian_width  # noqa: PLC0415

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
