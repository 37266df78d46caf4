"""Plain data of YAML 1.2, which ruamel's own reader, slow as it is, reads in the same way."""

from pathlib import Path
from typing import Any

import pytest

from travistool.document.lean import whole
from travistool.document.plain import load_plain

WRITTEN = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "migrate").glob("*/*.y*ml"))


def _slowly(text: str) -> Any:
    return next(iter(whole().YAML(typ="safe", pure=True).load_all(text)), None)


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "on", "y", "~", "", "null", "Null", "nULL", "true", "True", "tRUE", "false"),
        *("1", "-1", "+1", "010", "0x1F", "0o17", "1:30", "3.10", "1e3", ".5", "5.", "-.5", "."),
        *("1.2.3", "-", "+", "- a", ".inf", "-.INF", "'1'", '"true"', "2020-01-01x", "v1", "!!str 1"),
        *("|\n  a\n  b\n", ">\n  a\n  b\n", "'it''s'", '"a\\n\\u00e4"', "ä", "a: b # c", "a:\n- 1\n- {b: [c, d]}\n"),
        *("&a [1]", "a: &x {b: 1}\nc: *x\n", "a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\n", "--- # one\na\n--- # two\nb\n"),
        "[a:b, 54:32, a?]",
        "a: &x {b: 1}\ny: &y {b: 2, c: 3}\nd: {<<: [*x, *y]}\n",
    ],
)
def test_same_as_slowly(text: str) -> None:
    found = load_plain(text)
    assert (found, type(found)) == (expected := _slowly(text), type(expected))


@pytest.mark.heavy
@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_written_reads_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert load_plain(text) == _slowly(text)


@pytest.mark.parametrize("text", ["a: b: c", "[a", "*x", "a: 1\na: 2", "? [a]\n: b", "\ta: 1"])
def test_no_yaml(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_plain(text)
