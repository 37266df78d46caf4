"""Where the characters of a scalar are written."""

import pytest

from travistool.document.nodes import Mapping, Scalar
from travistool.document.offsets import offsets, part
from travistool.document.parse import parse
from travistool.source import Source


def scalar(text: str) -> tuple[Source, Scalar]:
    """Return the value of the only key of a config."""
    source = Source("test.yml", text)
    root = parse(source).root
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    return source, value


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        pytest.param("a: make test\n", "test", "test", id="plain"),
        pytest.param("a: make\n  all\n  test\n", "all test", "all\n  test", id="folded plain"),
        pytest.param("a: make\n\n\n  test\n", "\n\ntest", "\n\n\n  test", id="empty lines in plain"),
        pytest.param("a: 'it''s $A'\n", "$A", "$A", id="doubled quote"),
        pytest.param("a: 'one\n   two $A'\n", "$A", "$A", id="folded single quotes"),
        pytest.param('a: "x\\ty\\u0041 $A"\n', "$A", "$A", id="escapes"),
        pytest.param('a: "x\\\n   y $A"\n', "xy $A", "x\\\n   y $A", id="escaped line end"),
        pytest.param("a: |\n  one\n    two $A\n  three\n", "$A\n", "$A\n", id="literal"),
        pytest.param("a: |\n\n  one $A\n", "$A", "$A", id="literal with an empty first line"),
        pytest.param("a: |\r\n  one\r\n  two\r\n", "two", "two", id="literal with CR LF"),
        pytest.param("a: |2\n    one\n  two\n", "two", "two", id="literal with an indentation of its own"),
        pytest.param("a: >\n  one\n  two $A\n\n  three\n", "$A", "$A", id="folded block"),
        pytest.param("a: >\n  one\n  two\n\n  three\n", "three", "three", id="paragraph of a folded block"),
        pytest.param("a: >\n  one\n    two $A\n  three\n", "three", "three", id="indented lines in a folded block"),
        pytest.param("a: >-\n  ü one\n  two", "two", "two", id="no final line end"),
    ],
)
def test_part(text: str, wanted: str, found: str) -> None:
    source, node = scalar(text)
    start = node.text.index(wanted)
    assert len(offsets(source, node)) == len(node.text)
    assert part(source, node, start, start + len(wanted)).text == found


def test_beyond_the_end() -> None:
    source, node = scalar("a: make\n")
    assert part(source, node, 2, 99).text == "ke"
    assert part(source, node, 99, 100).text == "e"


def test_the_whole_where_nothing_can_be_told() -> None:
    source, node = scalar("a: make\n")
    other = Scalar("something else", node.start, node.end, "'")
    assert part(source, other, 0, 2).text == "make"
