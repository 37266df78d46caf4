"""One line a finding, for editors, `grep` and long lists."""

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText
from travistool.report.layout import Format, Style, Summary, sentence
from travistool.report.text import headline


def _file(findings: Findings, style: Style) -> str:
    return "".join(headline(findings, diagnostic, style) + "\n" for diagnostic in findings.diagnostics)


def _whole(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    end = "" if style.quiet else sentence(summary) + "\n"
    return "".join(files) + end


CONCISE = Format("concise", _file, _whole)
