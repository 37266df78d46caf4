"""The Code Quality report of GitLab (a subset of Code Climate's).

Source: docs.gitlab.com, "Code Quality", report format: description, check_name, fingerprint, severity, location.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText, Severity
from travistool.report.layout import Format, Style, Summary
from travistool.report.record import dump

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def _file(findings: Findings, style: Style) -> str:
    # Imported late: only this format needs it.
    from hashlib import sha256  # noqa: PLC0415

    rows = []
    seen: dict[str, int] = {}
    for diagnostic in findings.diagnostics:
        # Without the line: a finding that only moves keeps its fingerprint. A number tells repeats apart.
        identity = f"{findings.path}\0{diagnostic.rule}\0{diagnostic.message}"
        seen[identity] = seen.get(identity, 0) + 1
        line = 1 if findings.source is None else diagnostic.span.first().line
        last = 1 if findings.source is None else diagnostic.span.last().line
        rows.append(
            {
                "description": diagnostic.message,
                "check_name": diagnostic.rule,
                "fingerprint": sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "replace")).hexdigest(),
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {"path": findings.path, "lines": {"begin": line, "end": last}},
            }
        )
    return "".join(dump(row) + "\n" for row in rows)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    rows = [f"  {line}" for text in files for line in text.split("\n") if line]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


GITLAB = Format("gitlab", _file, _whole)
