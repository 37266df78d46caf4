"""All findings as one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump, record


def _file(findings: Findings, style: Style) -> str:
    return "".join(dump(record(findings, diagnostic)) + "\n" for diagnostic in findings.diagnostics)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    rows = [f"    {line}" for text in files for line in text.split("\n") if line]
    totals = dump(
        {"files": summary.files, "errors": summary.errors, "warnings": summary.warnings, "infos": summary.infos}
    )
    listed = "[\n" + ",\n".join(rows) + "\n  ]" if rows else "[]"
    return f'{{\n  "diagnostics": {listed},\n  "summary": {totals}\n}}\n'


JSON = Format("json", _file, _whole)
