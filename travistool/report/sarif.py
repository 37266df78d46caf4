"""SARIF 2.1.0, for code scanning services. Columns count code points; files are relative to where the tool ran."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from json import loads
from typing import Any

from travistool import __version__
from travistool.diagnostics import Diagnostic, Findings, Fix, RuleText, Severity, page
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump
from travistool.source import Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
Object = dict[str, Any]


def _file(findings: Findings, style: Style) -> str:
    return "".join(dump(_result(findings, diagnostic)) + "\n" for diagnostic in findings.diagnostics)


def _result(findings: Findings, diagnostic: Diagnostic) -> Object:
    location: Object = {"artifactLocation": {"uri": _uri(findings.path)}}
    if findings.source is not None:
        location["region"] = _region(diagnostic.span)
    result: Object = {
        "ruleId": diagnostic.rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": location}],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": {"uri": _uri(findings.path)}, "region": _region(span)},
                "message": {"text": note},
            }
            for span, note in diagnostic.related
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(findings, diagnostic.fix)]
    return result


def _fix(findings: Findings, fix: Fix) -> Object:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    change = {"artifactLocation": {"uri": _uri(findings.path)}, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _region(span: Span) -> Object:
    first, last = span.first(), span.last()
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }


def _uri(path: str) -> str:
    # Imported late: only this format needs it.
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path.replace("\\", "/").removeprefix("./"), errors="replace")


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    results = [loads(line) for text in files for line in text.split("\n") if line]
    names = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = names.index(result["ruleId"])
    driver = {
        "name": "travistool",
        "version": __version__,
        "informationUri": "https://github.com/travistool/travistool",
        "rules": [_rule(describe(name)) for name in names],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: RuleText) -> Object:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.help, "markdown": rule.help},
        "helpUri": page(rule.name),
    }


SARIF = Format("sarif", _file, _whole)
