"""One JSON object a line: each finding, or the error of a file that could not be read as a config."""

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump, error_record, record


def _file(findings: Findings, style: Style) -> str:
    broken = findings.broken
    rows = [] if broken is None else [error_record(findings)]
    for diagnostic in findings.diagnostics:
        # The same finding may have another severity here: a profile gave it.
        if broken is None or (diagnostic.rule, diagnostic.span) != (broken.rule, broken.span):
            rows.append(record(findings, diagnostic))
    return "".join(dump(row) + "\n" for row in rows)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    return "".join(files)


JSONL = Format("jsonl", _file, _whole)
