"""`env` texts: quirks as a table, promises as properties."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar import shell_vars
from travistool.grammar.shell_reader import Reader
from travistool.grammar.shell_vars import END, ShellVarsError, parse

PAIRS = [
    pytest.param("", (), id="empty"),
    pytest.param(" A=1\t B=2\n", (("A", "1"), ("B", "2")), id="blanks around"),
    pytest.param("A=1 A=2", (("A", "1"), ("A", "2")), id="duplicates stay"),
    pytest.param("A", (("A", ""),), id="name alone"),
    pytest.param("A= B=2", (("A", ""), ("B", "2")), id="empty value"),
    pytest.param("A=b=c", (("A", "b=c"),), id="equal sign in a value"),
    pytest.param("A=hello world", (("A", "hello"), ("world", "")), id="unquoted blank"),
    pytest.param(
        """A="x y" B='z "' C=`d "e"`""", (("A", '"x y"'), ("B", "'z \"'"), ("C", '`d "e"`')), id="quotes stay"
    ),
    pytest.param(r"A=x\ y B=1", (("A", r"x\ y"), ("B", "1")), id="escaped blank"),
    pytest.param(r'A="x \" y" B=1', (("A", r'"x \" y"'), ("B", "1")), id="escaped quote"),
    pytest.param(r'A="a\.b" B=1', (("A", r'"a\.b"'), ("B", "1")), id="backslash in quotes"),
    pytest.param("A=$(cmd x) B=2", (("A", "$(cmd x) B=2"),), id="command swallows the rest"),
    pytest.param("A=${B} C=2", (("A", "${B} C=2"),), id="braces swallow the rest"),
    pytest.param("A=$B C=2", (("A", "$B"), ("C", "2")), id="plain dollar"),
    pytest.param('"A=1 B=2" C=3', (("A", "1"), ("C", "3")), id="quoted entry keeps its first pair"),
    pytest.param(r'"A=\"x y\""', (("A", '"x y"'),), id="quoted entry is unquoted"),
    pytest.param('""', (), id="only quotes"),
    pytest.param('"" A=1', (("A", "1"),), id="quotes before a pair"),
    pytest.param("-fsanitize=address", (("-fsanitize", "address"),), id="any name"),
]

ERRORS = [
    pytest.param('A="x', 4, '"', id="double quote open"),
    pytest.param(" A='x", 5, "'", id="single quote open, text indented"),
    pytest.param("A=`x", 4, "`", id="backtick open"),
    pytest.param('A=x"y', 5, '"', id="quote in a word"),
    pytest.param("=x", 0, END, id="no name"),
    pytest.param("A=1 =x", 4, END, id="no name later"),
    pytest.param('A="a" B="\\n it\'s"', 17, "'", id="apostrophe after a backslash"),
    pytest.param(' "A=\\n"', 4, '"', id="backslash in a quoted entry"),
    pytest.param('"A=1"B=2', 5, END, id="no blank after a quoted entry"),
]


@pytest.mark.parametrize(("text", "pairs"), PAIRS)
def test_pairs(text: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert parse(text) == pairs


@pytest.mark.parametrize(("text", "position", "expected"), ERRORS)
def test_errors(text: str, position: int, expected: str) -> None:
    with pytest.raises(ShellVarsError) as caught:
        parse(text)
    assert (caught.value.position, caught.value.expected) == (position, expected)


@given(st.text(alphabet="AB= \"'`\\$({)}\n\0é", max_size=40))
def test_raises_nothing_else_and_offsets_are_inside(text: str) -> None:
    assert 0 <= _position(text) <= len(text)


@given(st.text(alphabet="AB=\u00a0 \"'`\\$({)}\n", max_size=30))
def test_the_short_cuts_change_nothing(text: str) -> None:
    stripped = text.strip(shell_vars.BLANKS)
    for short_cut in (shell_vars._plain, shell_vars._usual):
        pairs = short_cut(stripped)
        assert pairs is None or Reader(stripped, 0).pairs() == pairs


@pytest.mark.parametrize("part", ['"', "\\", "$(", "A=", '\\\\"', "'a' ", 'A="\\" '])
def test_long_texts_take_no_time(part: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(ShellVarsError):
        parse("A=" + part * 20_000)
    assert time.perf_counter() - start < 5


def _position(text: str) -> int:
    try:
        return 0 if all(name for name, _ in parse(text)) else -1
    except ShellVarsError as error:
        return error.position
