"""The report for people: the excerpt, the caret, what is cut and what is hidden."""

import pytest

from tests.report.samples import finding, report, unreadable
from travistool.diagnostics import Diagnostic, Edit, Findings, Fix, Severity
from travistool.report.layout import Style
from travistool.source import Source, Span

SEE = "     = see https://github.com/travistool/travistool/blob/main/docs/rules/edge.md\n\n"


def excerpt(findings: Findings, width: int = 120) -> list[str]:
    """Return the lines between headline and link."""
    text = report("text", findings, style=Style(width=width, quiet=True))
    assert text.endswith(SEE)
    return text.removesuffix(SEE).splitlines()[1:]


@pytest.mark.parametrize(
    ("findings", "lines"),
    [
        pytest.param(finding("a: b\n", "b"), ["   1 | a: b", "     |    ^"], id="first line"),
        pytest.param(finding("a: b\nc: d\n", "d"), ["   1 | a: b", "   2 | c: d", "     |    ^"], id="line before"),
        pytest.param(finding("a: b\n\nc: d\n", "d"), ["   3 | c: d", "     |    ^"], id="blank line before"),
        pytest.param(finding("a: b", "b"), ["   1 | a: b", "     |    ^"], id="no line end"),
        pytest.param(finding("a: bcd\n", "bcd"), ["   1 | a: bcd", "     |    ^^^"], id="several characters"),
        pytest.param(
            finding("a:\n  b: 1\n  c: 2\n", "b", end="2"),
            ["   1 | a:", "   2 |   b: 1", "     |   ^^^^"],
            id="several lines: marked up to the end of the first",
        ),
        pytest.param(
            finding("a: b # c\n", "b", end="\n"), ["   1 | a: b # c", "     |    ^^^^^"], id="with the line end"
        ),
        pytest.param(finding("a:\n", "\n"), ["   1 | a:", "     |   ^"], id="line end only"),
        pytest.param(finding("a: b\n", ""), ["   1 | a: b", "     | ^"], id="nothing marked"),
        pytest.param(finding("a:\tb\n", "b"), ["   1 | a: b", "     |    ^"], id="tab"),
        pytest.param(finding("a: b\r\nc: d\r\n", "d"), ["   1 | a: b", "   2 | c: d", "     |    ^"], id="CRLF"),
        pytest.param(finding("a: b\rc: d\r", "d"), ["   1 | a: b", "   2 | c: d", "     |    ^"], id="CR"),
        pytest.param(
            finding("a: b\u2028c\x85d\x0ce\n", "e"),
            ["   1 | a: b�c�d␌e", "     |          ^"],
            id="what only looks like a line end",
        ),
        pytest.param(finding("日本: 語x\n", "語x"), ["   1 | 日本: 語x", "     |       ^^^"], id="wide characters"),
        pytest.param(finding("e\u0301: b\n", "b"), ["   1 | e\u0301: b", "     |    ^"], id="combining characters"),
        pytest.param(finding("💎: b\n", "b"), ["   1 | 💎: b", "     |     ^"], id="beyond the basic plane"),
        pytest.param(finding("\ufeffa: b\n", "b"), ["   1 | �a: b", "     |     ^"], id="byte order mark"),
        pytest.param(finding("\x1b[1m: b\n", "b"), ["   1 | ␛[1m: b", "     |       ^"], id="escape"),
        pytest.param(finding("", ""), [], id="empty file"),
        pytest.param(
            finding("\n" * 99_998 + "a: b\nc: d\n", "d"),
            [" 99999 | a: b", "100000 | c: d", "       |    ^"],
            id="large line numbers",
        ),
    ],
)
def test_excerpt(findings: Findings, lines: list[str]) -> None:
    assert excerpt(findings) == lines


LONG = "script: " + "x" * 100 + " MARK " + "y" * 100 + "\n"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param(
            LONG,
            40,
            ["   1 | …xxxxxxxx MARK yyyyyyyyyyyyyyyy…", "     |           ^^^^"],
            id="both ends",
        ),
        pytest.param(
            "MARK " + "y" * 100,
            40,
            ["   1 | MARK yyyyyyyyyyyyyyyyyyyyyyyyyy…", "     | ^^^^"],
            id="the end",
        ),
        pytest.param(
            "x" * 100 + " MARK",
            40,
            ["   1 | …xxxxxxxxxxxxxxxxxxxxxxxxxx MARK", "     |                             ^^^^"],
            id="the beginning",
        ),
        pytest.param(
            "x" * 100 + " MARK", 5, ["   1 | …xxxxxxxxxxxxxx MARK", "     |                 ^^^^"], id="a tiny terminal"
        ),
    ],
)
def test_long_lines_are_cut(text: str, width: int, lines: list[str]) -> None:
    assert excerpt(finding(text, "MARK"), width) == lines


def test_long_marks_and_lines_before_are_cut() -> None:
    lines = excerpt(finding("p" * 100 + "\n" + "M" * 100 + "\n", "M" * 100), 40)
    assert lines == ["   1 | " + "p" * 31 + "…", "   2 | " + "M" * 31 + "…", "     | " + "^" * 32]


def test_secrets_are_starred() -> None:
    source = Source("a.yml", "a: hidden\nb: hidden too\n   and here\nc: shown\n")
    where = source.text.index("b")
    diagnostic = Diagnostic("edge", Severity.WARNING, "wrong", Span(source, where, where + 1))
    hidden = (Span(source, 3, 9), Span(source, 13, source.text.index("\nc")))
    findings = Findings("a.yml", source, (diagnostic,), None, hidden)
    assert excerpt(findings) == ["   1 | a: ******", "   2 | b: **********", "     | ^"]


def test_fixes_and_other_places() -> None:
    source = Source("a.yml", "a: 1\na: 2\n")
    first, second = Span(source, 0, 1), Span(source, 5, 6)
    safe, unsafe = (Fix(title, (Edit(first, ""),), safe) for title, safe in (("drop it", True), ("keep it", False)))
    diagnostics = (
        Diagnostic("edge", Severity.ERROR, "twice", second, safe, None, ((first, "first here"),)),
        Diagnostic("edge", Severity.INFO, "again", second, unsafe),
    )
    assert report("text", Findings("a.yml", source, diagnostics)) == (
        "a.yml:2:1: error: twice [edge]\n"
        "   1 | a: 1\n"
        "   2 | a: 2\n"
        "     | ^\n"
        "     = first here\n"
        "   1 | a: 1\n"
        "     | ^\n"
        "     = fix: drop it\n"
        f"{SEE}"
        "a.yml:2:1: info: again [edge]\n"
        "   1 | a: 1\n"
        "   2 | a: 2\n"
        "     | ^\n"
        "     = fix (may change the build): keep it\n\n"
    )


def test_a_file_without_text() -> None:
    assert report("text", unreadable(), style=Style()) == (
        "a.yml: error: cannot read the file: it burns [unreadable-file]\n"
        "     = see https://github.com/travistool/travistool/blob/main/docs/rules/unreadable-file.md\n\n"
        "checked 1 file: 1 error\n"
    )


def test_colors() -> None:
    lines = report("text", finding("a: b\n", "b"), style=Style(color=True, quiet=True)).splitlines()
    page = "https://github.com/travistool/travistool/blob/main/docs/rules/edge.md"
    assert lines[:3] == [
        f"\x1b[1ma.yml:1:4:\x1b[0m \x1b[1;33mwarning:\x1b[0m wrong \x1b]8;;{page}\x1b\\[edge]\x1b]8;;\x1b\\",
        "\x1b[2m   1\x1b[0m \x1b[2m|\x1b[0m a: b",
        "     \x1b[2m|\x1b[0m    \x1b[1;33m^\x1b[0m",
    ]
