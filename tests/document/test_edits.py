"""Text edits on nodes."""

import pytest

from travistool.diagnostics import Edit
from travistool.document.edits import delete_entry, entry_at, keep_first_item, replace_scalar, written_keys
from travistool.document.nodes import Mapping, Node, Sequence
from travistool.document.parse import parse
from travistool.source import Source


def root(source: Source) -> Mapping:
    node = parse(source).root
    assert isinstance(node, Mapping)
    return node


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def entry(source: Source, key: str) -> tuple[Mapping, Node, Node]:
    """Return the only entry with a key, and the map it is in."""
    start = source.text.index(key)
    found = entry_at(root(source), start, start + len(key))
    assert found is not None
    mapping, node = found
    return mapping, node, next(value for name, value in mapping.entries if name is node)


def without(text: str, key: str = "gone") -> str | None:
    source = Source("test.yml", text)
    mapping, node, _ = entry(source, key)
    edit = delete_entry(source, mapping, node)
    return None if edit is None else applied(text, (edit,))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("gone: 1\na: 2\n", "a: 2\n", id="first"),
        pytest.param("a: 2\ngone: 1\n", "a: 2\n", id="last"),
        pytest.param("a: 2\ngone: 1", "a: 2\n", id="last, without a line end"),
        pytest.param("a: 2\r\ngone: 1\r\nb: 3\r\n", "a: 2\r\nb: 3\r\n", id="two-character line ends"),
        pytest.param("a: 2\rgone: 1\rb: 3\r", "a: 2\rb: 3\r", id="lone carriage returns"),
        pytest.param("a: 2\ngone: 1 # why\nb: 3\n", "a: 2\nb: 3\n", id="comment behind"),
        pytest.param("a: 2\n# why\ngone: 1\nb: 3\n", "a: 2\n# why\nb: 3\n", id="comment above stays"),
        pytest.param("a: 2\n\ngone: 1\n\nb: 3\n", "a: 2\n\nb: 3\n", id="one of two blank lines goes"),
        pytest.param("gone: 1\n\nb: 3\n", "b: 3\n", id="blank line below the first entry goes"),
        pytest.param("a: 2\ngone: 1\n\nb: 3\n", "a: 2\n\nb: 3\n", id="one blank line stays"),
        pytest.param("a: |+\n  x\ngone: 1\nb: 3\n", "a: |+\n  x\nb: 3\n", id="behind text that keeps blank lines"),
        pytest.param("gone:\n  - 1\n  - x: 2\nb: 3\n", "b: 3\n", id="list as value"),
        pytest.param("gone:\nb: 3\n", "b: 3\n", id="no value"),
        pytest.param("gone: |\n  x\n\n  y\nb: 3\n", "b: 3\n", id="block text"),
        pytest.param('"gone": "x\n  y"\nb: 3\n', None, id="quoted key has another range"),
        pytest.param("m:\n  a: 2\n  gone: 1\n", "m:\n  a: 2\n", id="in a map"),
        pytest.param("l:\n  - gone: 1\n    a: 2\n  - b: 3\n", "l:\n  - a: 2\n  - b: 3\n", id="first of a list item"),
        pytest.param("l:\n  - gone: 1 # why\n\n    a: 2\n", "l:\n  - a: 2\n", id="first of a list item, blank line"),
        pytest.param("l:\n  - a: 2\n    gone: 1\n  - b: 3\n", "l:\n  - a: 2\n  - b: 3\n", id="last of a list item"),
        pytest.param("l:\n  - - gone: 1\n      a: 2\n", "l:\n  - - a: 2\n", id="list in a list"),
        pytest.param("{gone: 1, a: 2}\n", "{a: 2}\n", id="first in braces"),
        pytest.param("{a: 2, gone: 1, b: 3}\n", "{a: 2, b: 3}\n", id="inner in braces"),
        pytest.param("{a: 2, gone: 1}\n", "{a: 2}\n", id="last in braces"),
        pytest.param("{a: 2, gone: 1,}\n", "{a: 2,}\n", id="last in braces with a comma"),
        pytest.param("{a: 2, gone: [1,\n  2]}\n", "{a: 2}\n", id="list in braces"),
        pytest.param("    a: 2\n    gone: 1\n    b: 3\n", "    a: 2\n    b: 3\n", id="everything indented"),
        pytest.param("\ufeffgone: 1\na: 2\n", "a: 2\n", id="behind a byte order mark"),
        pytest.param("a: 2\u00a0\ngone: 1\nb: 3\n", "a: 2\u00a0\nb: 3\n", id="behind a no-break space"),
    ],
)
def test_delete_entry(before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(AssertionError):
            without(before)
    else:
        assert without(before) == after
        root(Source("test.yml", after))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("gone: 1\n", id="only entry"),
        pytest.param("l:\n  - gone: 1\n  - a: 2\n", id="only entry of a list item"),
        pytest.param("{gone: 1}\n", id="only entry in braces"),
        pytest.param("[gone: 1]\n", id="a pair in a list"),
        pytest.param("gone: &x 1\na: *x\n", id="anchor on the value"),
        pytest.param("gone: {b: &x 1}\na: *x\n", id="anchor inside the value"),
        pytest.param("&x gone: 1\na: 2\n", id="anchor on the key"),
        pytest.param("? gone\n: 1\n? a\n: 2\n", id="explicit keys"),
        pytest.param("l:\n  - gone: 1\n    # about a\n    a: 2\n", id="comment between"),
        pytest.param("l:\n  - gone: 1\n    &x a: 2\n", id="anchor on the next key"),
        pytest.param("{a: 2, # why\n gone: 1}\n", id="comment in braces"),
        pytest.param("a: |+\n  x\ngone: 1\n\nb: 3\n", id="the blank line would join the text above"),
    ],
)
def test_what_cannot_be_deleted(text: str) -> None:
    source = Source("test.yml", text)
    node = parse(source).root
    if isinstance(node, Sequence):
        assert isinstance(node.items[0], Mapping)
        mapping, key = node.items[0], node.items[0].entries[0][0]
        assert delete_entry(source, mapping, key) is None
    else:
        assert without(text) is None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        pytest.param("a: old # x\n", "a: new-1 # x\n", id="plain"),
        pytest.param("a: 'old'\n", "a: 'new-1'\n", id="single quotes"),
        pytest.param('a: "old"\n', 'a: "new-1"\n', id="double quotes"),
        pytest.param("a: old\n  text\nb: 1\n", "a: new-1\nb: 1\n", id="two lines"),
        pytest.param("a: |\n  old\n", None, id="block text"),
        pytest.param("a: &x old\n", None, id="anchor"),
        pytest.param("a: !!str old\n", None, id="tag"),
        pytest.param("a:\n", None, id="nothing"),
        pytest.param("a: [old]\n", None, id="list"),
    ],
)
def test_replace_scalar(text: str, after: str | None) -> None:
    source = Source("test.yml", text)
    edit = replace_scalar(source, root(source).entries[0][1], "new-1")
    assert (None if edit is None else applied(text, (edit,))) == after


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=text) for text in ("two words", "a: b", "true", "Null", "", "#x", "1.0", "*x")]
)
def test_text_that_needs_quotes_is_not_written_plain(text: str) -> None:
    source = Source("test.yml", "a: old\n")
    assert replace_scalar(source, root(source).entries[0][1], text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a: [x, y]\n", "a: x\n", id="flow"),
        pytest.param("a: [ {b: 1}, y ] # c\n", "a: {b: 1} # c\n", id="flow with a map"),
        pytest.param("a:\n  - x\n  - y\nb: 1\n", "a: x\nb: 1\n", id="block"),
        pytest.param("a:\n- 'x'\nb: 1\n", "a: 'x'\nb: 1\n", id="block without indentation"),
        pytest.param("a:\n\n  - x\n", "a: x\n", id="blank line before"),
        pytest.param("a:\n  - x # c\n", "a: x # c\n", id="comment of the only item"),
        pytest.param("a:\n  - *x\n_: &x 1\n", "a: *x\n_: &x 1\n", id="alias"),
        pytest.param("a:\n  - b: 1\n    c: 2\n", "a:\n    b: 1\n    c: 2\n", id="map"),
        pytest.param("a:\n- b: 1\n- c: 2\nd: 3\n", "a:\n  b: 1\nd: 3\n", id="map and more"),
        pytest.param("a:\r\n  - x\r\n  - y\r\n", "a: x\r\n", id="two-character line ends"),
        pytest.param("{a: [x, y], b: 1}\n", "{a: x, b: 1}\n", id="in braces"),
    ],
)
def test_keep_first_item(before: str, after: str) -> None:
    source = Source("test.yml", before)
    mapping, key, value = entry(source, "a")
    assert isinstance(value, Sequence)
    assert applied(before, keep_first_item(source, mapping, key, value)) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: []\n", id="empty"),
        pytest.param("a: &l [x]\n", id="anchor on the list"),
        pytest.param("a: [x, &y y]\n", id="anchor on an item"),
        pytest.param("a: !!seq [x]\n", id="tag"),
        pytest.param("a: [b: 1]\n", id="a pair without braces"),
        pytest.param("a: ['x\n  y']\n", id="item of two lines in brackets"),
        pytest.param("a: [x, # c\n  y]\n", id="comment in brackets"),
        pytest.param("a: # c\n  - x\n", id="comment before"),
        pytest.param("a:\n  # c\n  - x\n", id="comment above"),
        pytest.param("a:\n  - x\n  - y # c\n", id="comment of an item that goes"),
        pytest.param("a:\n  - |\n    x\n", id="block text"),
        pytest.param("a:\n  - - x\n", id="list in a list"),
        pytest.param("a:\n  -\n  - x\n", id="nothing first"),
    ],
)
def test_lists_that_stay(text: str) -> None:
    source = Source("test.yml", text)
    mapping, key, value = entry(source, "a")
    assert isinstance(value, Sequence)
    assert keep_first_item(source, mapping, key, value) == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("a: 1\n:b: 2\na: 3\n", ["a", "b", "a"], id="as written"),
        pytest.param("x: &x {a: 1}\nm:\n  <<: *x\n  b: 2\n", ["a", "b"], id="merged"),
        pytest.param("x: &x {a: 1}\ny: &y {c: 1}\nm:\n  <<: [*x, *y]\n", ["a", "c"], id="several merged"),
    ],
)
def test_written_keys(text: str, keys: list[str]) -> None:
    node = root(Source("test.yml", text))
    last = node.entries[-1][1]
    assert written_keys(last if isinstance(last, Mapping) else node) == keys


def test_written_keys_of_no_map() -> None:
    assert written_keys(None) == []
    assert written_keys(root(Source("test.yml", "a: [x]\n")).entries[0][1]) == []
