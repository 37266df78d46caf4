"""One JSON object a line: each finding, or the error of a file that could not be read as a config."""

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump, error_record, record


def _file(findings: Findings, style: Style) -> str:
    rows = [] if findings.broken is None else [error_record(findings)]
    rows += [record(findings, diagnostic) for diagnostic in findings.diagnostics if diagnostic is not findings.broken]
    return "".join(dump(row) + "\n" for row in rows)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    return "".join(files)


JSONL = Format("jsonl", _file, _whole)
