"""Comments with their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.outline import place
from travistool.document.comments import comments
from travistool.document.parse import parse
from travistool.source import Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# a\nb: 1 # c  \n  #d\n", ["1:1-1:4 own 'a'", "2:6-2:9 'c'", "3:3-3:5 own 'd'"], id="usual"),
        pytest.param("a: b#c\nd: '# e'\nf: \"# g\" # h\n", ["3:10-3:13 'h'"], id="not-in-text"),
        pytest.param("a: | # why\n  x # no\n# end\nb: 1\n", ["1:6-1:11 'why'", "3:1-3:6 own 'end'"], id="block-scalar"),
        pytest.param(
            "a: |\n# first\n\n# then\nb: 1\n", ["2:1-2:8 own 'first'", "4:1-4:7 own 'then'"], id="empty-block"
        ),
        pytest.param("a: [ # x\n  b, # y\n]#z\n", ["1:6-1:9 'x'", "2:6-2:9 'y'", "3:2-3:4 'z'"], id="flow"),
        pytest.param("a: &x # why\n  - *x # z\n", ["1:7-1:12 'why'", "2:8-2:11 'z'"], id="behind-properties"),
        pytest.param("a:\n  # c\n  - b\n  # d\n", ["2:3-2:6 own 'c'", "4:3-4:6 own 'd'"], id="around-items"),
        pytest.param("# only\n", ["1:1-1:7 own 'only'"], id="no-document"),
        pytest.param("\ufeff# a\r\nb: 1\r\n", ["1:2-1:5 own 'a'"], id="byte-order-mark-and-crlf"),
        pytest.param("\xa0# a\n  # b\nc: 1\n", ["1:2-1:5 own 'a'", "2:3-2:6 own 'b'"], id="no-break-space"),
        pytest.param("a: [\n# c\n", [], id="not-yaml"),
    ],
)
def test_comments(text: str, expected: list[str]) -> None:
    source = Source("test.yml", text)
    found = comments(parse(source))
    lines = [f"{place(source, c.span.start, c.span.end)}{' own' if c.own_line else ''} {c.text!r}" for c in found]
    assert lines == expected


@given(st.lists(st.sampled_from(["a: b\n", "# c\n", "- d # e\n", "f: |\n  # g\n", "'#h'", "\n", " ", "#", "\ufeff"])))
def test_never_raises_and_starts_at_the_sign(pieces: list[str]) -> None:
    source = Source("test.yml", "".join(pieces))
    for comment in comments(parse(source)):
        assert comment.span.text.startswith("#")
        assert "\n" not in comment.span.text
