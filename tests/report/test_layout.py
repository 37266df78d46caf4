"""Counting, and text that cannot steer a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import NASTY
from travistool.diagnostics import Diagnostic, Findings, Severity
from travistool.report.layout import NOTHING, Style, Summary, count, link, paint, printable, sentence
from travistool.source import Source, Span


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        pytest.param(Summary(1, 0, 0, 0), "checked 1 file, nothing found", id="clean"),
        pytest.param(Summary(0, 0, 0, 0), "checked 0 files, nothing found", id="no file"),
        pytest.param(Summary(1, 1, 1, 1), "checked 1 file: 1 error, 1 warning, 1 note", id="one each"),
        pytest.param(Summary(2, 3, 0, 4), "checked 2 files: 3 errors, 4 notes", id="some"),
        pytest.param(
            Summary(2, 0, 1, 0, fixed=1, fixed_files=1),
            "fixed 1 finding in 1 file; checked 2 files: 1 warning left",
            id="fixed",
        ),
        pytest.param(
            Summary(2, 0, 0, 0, fixed=3, fixed_files=2),
            "fixed 3 findings in 2 files; checked 2 files, nothing left",
            id="all fixed",
        ),
        pytest.param(
            Summary(1, 0, 0, 0, old=2, gone=1),
            "checked 1 file, nothing found; 2 old findings in the baseline; 1 entry of the baseline is gone",
            id="baseline",
        ),
        pytest.param(
            Summary(1, 0, 1, 0, old=1, gone=2),
            "checked 1 file: 1 warning; 1 old finding in the baseline; 2 entries of the baseline are gone",
            id="baseline and more",
        ),
    ],
)
def test_sentence(summary: Summary, text: str) -> None:
    assert sentence(summary) == text


def test_count() -> None:
    source = Source("a.yml", "")
    severities = (Severity.INFO, Severity.ERROR, Severity.INFO, Severity.WARNING)
    diagnostics = tuple(Diagnostic("edge", severity, "", Span(source, 0, 0)) for severity in severities)
    assert NOTHING + count(Findings("a.yml", source, diagnostics)) == Summary(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain text", "plain text", id="plain"),
        pytest.param("a\tb\u00a0c", "a b c", id="tabs and no-break spaces"),
        pytest.param("\x00\x1b\n\r\x7f", "␀␛␊␍␡", id="ASCII controls"),
        pytest.param("\x85\x9b", "��", id="C1 controls"),
        pytest.param("\u2028\u202e\ufeff", "���", id="invisible"),
        pytest.param("\ud800", "�", id="half a character"),
        pytest.param("é日💎e\u0301", "é日💎e\u0301", id="other languages"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_printable_holds_nothing_else(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) == len(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_become_printable(text: str) -> None:
    assert printable(text).isprintable()


def test_plain_without_colors() -> None:
    assert paint(Style(), "1", "a") == link(Style(), "https://example.com", "a") == "a"


def test_no_codes_around_nothing() -> None:
    assert paint(Style(color=True), "1", "") == ""
