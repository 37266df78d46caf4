"""Workflow commands that GitHub turns into annotations.

Source: docs.github.com, "Workflow commands", setting a notice, warning or error message; the escapes are those of
its toolkit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Diagnostic, Findings, RuleText, Severity
from travistool.report.layout import Format, Style, Summary, printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _file(findings: Findings, style: Style) -> str:
    return "".join(_command(findings, diagnostic) + "\n" for diagnostic in findings.diagnostics)


def _command(findings: Findings, diagnostic: Diagnostic) -> str:
    properties = [f"file={_property(findings.path)}"]
    if findings.source is not None:
        first, last = diagnostic.span.first(), diagnostic.span.last()
        properties.append(f"line={first.line},endLine={last.line}")
        if first.line == last.line:
            # GitHub refuses columns when an annotation spans lines.
            properties.append(f"col={first.column},endColumn={max(last.column, first.column)}")
    properties.append(f"title={_property(diagnostic.rule)}")
    return f"::{_COMMANDS[diagnostic.severity]} {','.join(properties)}::{_message(diagnostic.message)}"


def _message(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    return "".join(files)


GITHUB = Format("github", _file, _whole)
