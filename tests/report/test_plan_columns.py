"""Columns that fit, also with wide characters."""

from travistool.report.columns import aligned, cut, pad, width, widths, wrap
from travistool.report.layout import Style

WIDE = "日本語"


def test_width() -> None:
    assert (width("abc"), width(WIDE), width("e\u0301")) == (3, 6, 1)


def test_cut() -> None:
    assert (cut("abcdef", 6), cut("abcdef", 4), cut(WIDE, 6), cut(WIDE, 5), cut(WIDE, 4)) == (
        "abcdef",
        "abc…",
        WIDE,
        "日本…",
        "日…",
    )


def test_pad() -> None:
    assert (pad("a", 3), pad(WIDE, 7), pad("abc", 1)) == ("a  ", WIDE + " ", "abc")


def test_wrap() -> None:
    assert wrap("aa bb cc", 5) == ["aa bb", "cc"]
    assert wrap("a veryverylong b", 5) == ["a", "veryverylong", "b"]
    assert wrap("", 5) == [""]


def test_the_widest_column_gives_way() -> None:
    rows = [("1.1", "", "x" * 50, "short"), ("1.2", "", "y", "short")]
    assert widths(rows, 30) == [3, 0, 18, 5]
    assert widths(rows, 200) == [3, 0, 50, 5]


def test_columns_keep_a_least_width() -> None:
    assert widths([("x" * 50, "y" * 50)], 5) == [6, 6]


def test_aligned() -> None:
    style = Style(color=True)
    assert aligned(("a", "", "b"), (3, 0, 1), Style()) == "a    b"
    assert aligned(("a", "", ""), (3, 0, 2), style, ("1",)) == "\x1b[1ma  \x1b[0m"
