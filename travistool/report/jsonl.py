"""One JSON object a line: each finding, or the error of a file that could not be read as a config."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump, error_record, record


def _file(findings: Findings, style: Style) -> str:
    broken = findings.broken
    rows = [] if broken is None else [error_record(findings)]
    # The same finding may have another severity here: a profile gave it.
    others = [
        one for one in findings.diagnostics if broken is None or (one.rule, one.span) != (broken.rule, broken.span)
    ]
    rows += [record(findings, diagnostic) for diagnostic in others]
    return "".join(dump(row) + "\n" for row in rows)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    return "".join(files)


JSONL = Format("jsonl", _file, _whole)
