"""One line a finding, for editors, `grep` and long lists."""

from __future__ import annotations

from travistool.diagnostics import Findings
from travistool.report.layout import Format, Style, with_closing_line
from travistool.report.text import headline


def _file(findings: Findings, style: Style) -> str:
    return "".join(headline(findings, diagnostic, style) + "\n" for diagnostic in findings.diagnostics)


CONCISE = Format("concise", _file, with_closing_line)
