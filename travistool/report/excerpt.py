"""The lines around a finding, with a caret and without secrets."""

from bisect import bisect_left

from travistool.diagnostics import Findings
from travistool.grammar.secrets import Mask
from travistool.report.layout import DIM, Style, paint, printable
from travistool.source import Source, Span

_MARGIN = 4


def excerpt(hidden: "Hidden", span: Span, color: str, style: Style) -> list[str]:
    """Return the line of the span's start with the line before it, and a caret line; long lines are cut."""
    source, first, last = span.source, span.first(), span.last()
    if not source.text:
        return []
    end = last.column if last.line == first.line else len(source.line(first.line)) + 1
    gutter = max(_MARGIN, len(str(first.line)))
    shown = []
    if first.line > 1 and source.line(first.line - 1).strip():
        shown.append(_numbered(hidden.line(source, first.line - 1), first.line - 1, gutter, style))
    text = hidden.line(source, first.line)
    start, stop = first.column - 1, max(end - 1, first.column)
    text, start, stop = _cut(text, start, stop, style.width - gutter - _MARGIN)
    bar = paint(style, DIM, "|")
    shown.append(f"{paint(style, DIM, str(first.line).rjust(gutter))} {bar} {printable(text)}".rstrip())
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


def _numbered(text: str, number: int, gutter: int, style: Style) -> str:
    room = max(20, style.width - gutter - _MARGIN)
    if len(text) > room:
        text = text[: room - 1] + "…"
    return f"{paint(style, DIM, str(number).rjust(gutter))} {paint(style, DIM, '|')} {printable(text)}"


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
