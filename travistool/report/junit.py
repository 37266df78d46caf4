"""JUnit XML: one test suite a file, one test case a finding; a clean file is one passed case."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Diagnostic, Findings, RuleText, Severity
from travistool.report.layout import Format, Style, Summary, printable


def _file(findings: Findings, style: Style) -> str:
    name = _escape(findings.path)
    failures = sum(diagnostic.severity > Severity.INFO for diagnostic in findings.diagnostics)
    cases = [_case(findings, diagnostic) for diagnostic in findings.diagnostics]
    if not cases:
        cases = [f'    <testcase classname="{name}" name="lint" file="{name}"/>\n']
    head = f'  <testsuite name="{name}" tests="{len(cases)}" failures="{failures}" errors="0">\n'
    return f"{head}{''.join(cases)}  </testsuite>\n"


def _case(findings: Findings, diagnostic: Diagnostic) -> str:
    name = _escape(findings.path)
    place, line = "", ""
    if findings.source is not None:
        position = diagnostic.span.first()
        place, line = f":{position.line}:{position.column}", f' line="{position.line}"'
    message = _escape(diagnostic.message)
    text = f"{name}{place}: {diagnostic.severity.label}: {message}"
    kind = "failure" if diagnostic.severity > Severity.INFO else "system-out"
    attributes = f' type="{diagnostic.severity.label}" message="{message}"' if kind == "failure" else ""
    return (
        f'    <testcase classname="{name}" name="{_escape(diagnostic.rule)}{place}" file="{name}"{line}>\n'
        f"      <{kind}{attributes}>{text}</{kind}>\n"
        f"    </testcase>\n"
    )


def _escape(text: str) -> str:
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").encode("utf-8", "replace").decode()


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    body = "".join(files)
    tests = body.count("<testcase ")
    failures = summary.errors + summary.warnings
    head = f'<testsuites name="travistool lint" tests="{tests}" failures="{failures}" errors="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</testsuites>\n'


JUNIT = Format("junit", _file, _whole)
