"""The few things that all reports share: counting, colors, making text safe for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from travistool.diagnostics import Findings, RuleText, Severity
from travistool.record import Record


class Summary(Record):
    """Totals of a run.

    `failing` is the number of files that fail it. `fixed` findings are in `fixed_files`; `old` ones are left out as a
    baseline says, of which `gone` entries no longer occur. `crashes` are bugs of rules. `safe` and `unsafe` fixes are
    offered by findings that are left.
    """

    files: int
    errors: int
    warnings: int
    infos: int
    failing: int = 0
    fixed: int = 0
    fixed_files: int = 0
    old: int = 0
    gone: int = 0
    crashes: int = 0
    safe: int = 0
    unsafe: int = 0

    def __add__(self, other: object) -> Summary:
        assert isinstance(other, Summary)
        return Summary(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NOTHING = Summary(0, 0, 0, 0)


def count(findings: Findings) -> Summary:
    """Return the totals of one file."""
    severities = [diagnostic.severity for diagnostic in findings.diagnostics]
    return Summary(
        1,
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        severities.count(Severity.INFO),
        crashes=sum(one.rule == "internal-error" and one.severity == Severity.ERROR for one in findings.diagnostics),
        safe=sum(one.fix is not None and one.fix.safe for one in findings.diagnostics),
        unsafe=sum(one.fix is not None and not one.fix.safe for one in findings.diagnostics),
    )


class Style(Record):
    """How a report may look. `color` allows colors and links; `width` is the terminal's, in columns."""

    color: bool = False
    width: int = 120
    quiet: bool = False


class Format(Record):
    """An output format. `file` renders one file's findings (in any process), `whole` joins the rendered files.

    `whole` gets the rendered files in the order of the command line, the totals, and a function that describes rules.
    """

    name: str
    file: Callable[[Findings, Style], str]
    whole: Callable[[Iterable[str], Summary, Style, Callable[[str], RuleText]], str]


_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
BOLD, DIM = "1", "2"


def paint(style: Style, code: str, text: str) -> str:
    """Return text in a color or weight, plain when colors are off."""
    return f"\x1b[{code}m{text}\x1b[0m" if style.color and text else text


def severity_color(severity: Severity) -> str:
    return _COLORS[severity]


def link(style: Style, url: str, text: str) -> str:
    """Return text that a terminal opens as a link, plain when colors are off."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if style.color else text


def printable(text: str) -> str:
    """Replace control characters, so that a file cannot steer the terminal; tabs become one blank."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    code = ord(char)
    if char in "\t\u00a0":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def with_closing_line(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:
    """Return the rendered files and, unless that is to be left out, the totals: the end of reports for people."""
    end = "" if style.quiet else sentence(summary) + "\n"
    return "".join(files) + end


def plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def sentence(summary: Summary) -> str:
    """Return the totals as one line without a line end."""
    checked = f"checked {plural(summary.files, 'file')}"
    parts = [
        plural(number, word)
        for number, word in ((summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note"))
        if number
    ]
    left = " left" if summary.fixed else ""
    line = f"{checked}: {', '.join(parts)}{left}" if parts else f"{checked}, nothing {left[1:] or 'found'}"
    if summary.fixed:
        line = f"{fixed(summary)}; {line}"
    line += _offered(summary)
    if summary.old:
        line += f"; {plural(summary.old, 'old finding')} in the baseline"
    if summary.gone:
        line += f"; {'1 entry' if summary.gone == 1 else f'{summary.gone} entries'} of the baseline "
        line += "is gone" if summary.gone == 1 else "are gone"
    return line


def _offered(summary: Summary) -> str:
    """Return what `--fix` and `--unsafe-fixes` would do about what is left."""
    if summary.safe and summary.unsafe:
        return f"; --fix mends {summary.safe} of them, --unsafe-fixes {summary.unsafe} more"
    if summary.safe:
        return f"; --fix mends {summary.safe} of them" if _total(summary) > 1 else "; --fix mends it"
    if summary.unsafe:
        one = f"{summary.unsafe} of them" if _total(summary) > 1 else "it"
        return f"; --fix --unsafe-fixes mends {one}"
    return ""


def _total(summary: Summary) -> int:
    return summary.errors + summary.warnings + summary.infos


def fixed(summary: Summary, word: str = "fixed") -> str:
    """Return how much was fixed, in the words of the closing line."""
    return f"{word} {plural(summary.fixed, 'finding')} in {plural(summary.fixed_files, 'file')}"
