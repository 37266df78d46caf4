"""Findings made by hand, and configs that are hard to report."""

from travistool.cli.lint import describe
from travistool.diagnostics import Diagnostic, Findings, Severity
from travistool.lint.engine import lint, secrets
from travistool.pipeline import read
from travistool.report.formats import output_format
from travistool.report.layout import NOTHING, Style, count
from travistool.source import Source, Span


def finding(
    text: str, marked: str = "", *, path: str = "a.yml", message: str = "wrong", rule: str = "edge", end: str = ""
) -> Findings:
    """Return one warning about the first `marked` in a text, up to the first `end` behind it if given."""
    source = Source(path, text)
    start = text.index(marked)
    stop = text.index(end, start) + len(end) if end else start + len(marked)
    return Findings(path, source, (Diagnostic(rule, Severity.WARNING, message, Span(source, start, stop)),))


def unreadable(path: str = "a.yml", message: str = "cannot read the file: it burns") -> Findings:
    problem = Diagnostic("unreadable-file", Severity.ERROR, message, Span(Source(path, ""), 0, 0))
    return Findings(path, None, (problem,), problem)


def linted(text: str, path: str = "a.yml", profile: str = "default") -> Findings:
    """Return what the command line would report of a text."""
    reading = read(Source(path, text))
    return Findings(path, reading.source, lint(reading, profile), reading.broken(), secrets(reading))


def report(name: str, *files: Findings, style: Style = Style(quiet=True)) -> str:
    """Return the whole report of files in a format."""
    chosen = output_format(name)
    summary = NOTHING
    for findings in files:
        summary += count(findings)
    return chosen.whole([chosen.file(findings, style) for findings in files], summary, style, describe)


NASTY = (
    "\x1b[31mred\x1b[0m",  # colors
    "\x1b]0;title\x07",  # a window's title
    "\x9b31m",  # the same in one C1 character
    "\x08\x08\x7f",  # backspaces
    "a\nb\rc",  # line ends
    "\u2028\u2029\x85",  # line ends of other kinds
    "\u202etxt.exe",  # right to left
    "\ud800",  # half a character
    "\ufffe\uffff",  # no characters
    "<script>&amp;\"'</script>]]>",  # markup
    "a::b,c%25=d",  # what workflow commands are made of
    "日本語 💎 e\u0301",  # wide and combined
)
"""Texts that may stand in messages and in names of files."""
