"""Findings for people: the place, the message, the lines with a caret, a way out and the rule's page."""

from __future__ import annotations

from collections.abc import Callable

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
from travistool.source import Span

Show = Callable[[Span, str], list[str]]


def _file(findings: Findings, style: Style) -> str:
    if not findings.diagnostics:
        return ""
    # Imported late: a clean file has nothing to show.
    from travistool.report.excerpt import Hidden, excerpt  # noqa: PLC0415

    hidden = Hidden(findings)

    def show(span: Span, color: str) -> list[str]:
        return excerpt(hidden, span, color, style)

    linked: set[str] = set()
    blocks = []
    for diagnostic in findings.diagnostics:
        blocks.append(_block(findings, show, diagnostic, style, first=diagnostic.rule not in linked))
        linked.add(diagnostic.rule)
    return "".join(blocks)


def _block(findings: Findings, show: Show, diagnostic: Diagnostic, style: Style, first: bool) -> str:
    lines = [headline(findings, diagnostic, style)]
    if findings.source is not None:
        lines.extend(show(diagnostic.span, severity_color(diagnostic.severity)))
        for span, note in diagnostic.related:
            lines.append(f"     {paint(style, DIM, '=')} {printable(note)}")
            lines.extend(show(span, DIM))
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


TEXT = Format("text", _file, with_closing_line)
