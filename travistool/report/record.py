"""A finding as plain data, the same in all JSON outputs."""

from __future__ import annotations

import json
from typing import Any

from travistool.diagnostics import Diagnostic, Findings, page
from travistool.source import Position, Span

Record = dict[str, Any]


def record(findings: Findings, diagnostic: Diagnostic) -> Record:
    """Return one finding. Lines and columns are 1-based, the end is exclusive."""
    data: Record = {
        "path": findings.path,
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "span": None if findings.source is None else span_record(diagnostic.span),
        "url": page(diagnostic.rule),
    }
    if diagnostic.fix is not None:
        data["fix"] = {
            "title": diagnostic.fix.title,
            "safe": diagnostic.fix.safe,
            "edits": [{"span": span_record(edit.span), "text": edit.text} for edit in diagnostic.fix.edits],
        }
    if diagnostic.official is not None:
        official = diagnostic.official
        data["official"] = {
            "level": official.level,
            "key": official.key,
            "code": official.code,
            "args": dict(official.args),
        }
    if diagnostic.related:
        data["related"] = [{"span": span_record(span), "message": note} for span, note in diagnostic.related]
    return data


def error_record(findings: Findings) -> Record:
    """Return the line for a file that could not be read as a config."""
    broken = findings.broken
    assert broken is not None
    span = None if findings.source is None else span_record(broken.span)
    return {"path": findings.path, "error": {"code": broken.rule, "message": broken.message, "span": span}}


def span_record(span: Span) -> Record:
    return {"start": _position(span.first()), "end": _position(span.last())}


def _position(position: Position) -> Record:
    return {"line": position.line, "column": position.column}


def dump(data: object, indent: int | None = None) -> str:
    """Return JSON text; what can be printed stays readable, the rest (C1 controls, lone surrogates) is escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text)
