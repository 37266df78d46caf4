"""Findings for people: the place, the message, the lines with a caret, a way out and the rule's page."""

from travistool.diagnostics import Diagnostic, Findings, page
from travistool.report.layout import (
    BOLD,
    DIM,
    Format,
    Style,
    link,
    paint,
    printable,
    severity_color,
    with_closing_line,
)
from travistool.source import Source, Span

_MARGIN = 4
_TELLING = 6
"""Shorter secrets are starred out only where they were found: `a` is in every line."""


def _file(findings: Findings, style: Style) -> str:
    linked: set[str] = set()
    blocks = []
    for diagnostic in findings.diagnostics:
        blocks.append(_block(findings, diagnostic, style, first=diagnostic.rule not in linked))
        linked.add(diagnostic.rule)
    return "".join(blocks)


def _block(findings: Findings, diagnostic: Diagnostic, style: Style, first: bool) -> str:
    lines = [headline(findings, diagnostic, style)]
    if findings.source is not None:
        lines.extend(_excerpt(findings, diagnostic.span, severity_color(diagnostic.severity), style))
        for span, note in diagnostic.related:
            lines.append(f"     {paint(style, DIM, '=')} {printable(note)}")
            lines.extend(_excerpt(findings, span, DIM, style))
    if diagnostic.fix is not None:
        kind = "" if diagnostic.fix.safe else " (may change the build)"
        lines.append(f"     {paint(style, DIM, '=')} fix{kind}: {printable(diagnostic.fix.title)}")
    if first:
        lines.append(f"     {paint(style, DIM, '=')} see {paint(style, DIM, page(diagnostic.rule))}")
    return "\n".join(lines) + "\n\n"


def headline(findings: Findings, diagnostic: Diagnostic, style: Style) -> str:
    """Return `path:line:column: severity: message [rule]`."""
    place = printable(findings.path)
    if findings.source is not None:
        position = diagnostic.span.first()
        place = f"{place}:{position.line}:{position.column}"
    label = paint(style, severity_color(diagnostic.severity), f"{diagnostic.severity.label}:")
    rule = link(style, page(diagnostic.rule), f"[{diagnostic.rule}]")
    return f"{paint(style, BOLD, place + ':')} {label} {printable(diagnostic.message)} {rule}"


def _excerpt(findings: Findings, span: Span, color: str, style: Style) -> list[str]:
    """Return the line of the span's start with the line before it, and a caret line; long lines are cut."""
    source, first, last = span.source, span.first(), span.last()
    hidden = findings.secrets
    if not source.text:
        return []
    end = last.column if last.line == first.line else len(source.line(first.line)) + 1
    gutter = max(_MARGIN, len(str(first.line)))
    shown = []
    if first.line > 1 and source.line(first.line - 1).strip():
        shown.append(_numbered(_line(source, first.line - 1, hidden), first.line - 1, gutter, style))
    text = _line(source, first.line, hidden)
    start, stop = first.column - 1, max(end - 1, first.column)
    text, start, stop = _cut(text, start, stop, style.width - gutter - _MARGIN)
    bar = paint(style, DIM, "|")
    shown.append(f"{paint(style, DIM, str(first.line).rjust(gutter))} {bar} {printable(text)}".rstrip())
    carets = paint(style, color, "^" * max(1, _width(text[start:stop])))
    shown.append(f"{' ' * gutter} {bar} {' ' * _width(text[:start])}{carets}")
    return shown


def _line(source: Source, number: int, hidden: tuple[Span, ...]) -> str:
    """Return a line with every secret in it starred out, character by character so that carets still fit."""
    text = source.line(number)
    if not hidden:
        return text
    begin = source.starts()[number - 1]
    for span in hidden:
        start, end = max(span.start - begin, 0), min(span.end - begin, len(text))
        if span.source is source and start < end:
            text = text[:start] + "*" * (end - start) + text[end:]
        secret = span.text.strip("\"'")
        if len(secret) >= _TELLING:
            text = text.replace(secret, "*" * len(secret))
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


TEXT = Format("text", _file, with_closing_line)
