"""Edits of lists, and new keys: what they write, and where they would rather not."""

import pytest

from travistool.diagnostics import Edit
from travistool.document.edits import entry_at
from travistool.document.items import add_item, delete_item, key_before
from travistool.document.nodes import Mapping, Node, Scalar, Sequence
from travistool.document.parse import parse
from travistool.source import Source


def at(root: Node | None, *path: str | int) -> Node:
    """Return the node under a path of keys and places."""
    for part in path:
        match root:
            case Sequence(items) if isinstance(part, int):
                root = items[part]
            case Mapping(entries):
                root = next(value for key, value in entries if isinstance(key, Scalar) and key.text == part)
    assert root is not None
    return root


def changed(source: Source, edit: Edit | None) -> str | None:
    if edit is None:
        return None
    return source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        pytest.param("a:\n  - b # why\n  - c\n", ("a", 0), "a:\n  - c\n", id="first, with its comment"),
        pytest.param("a:\n  - b\n  - c\n", ("a", 1), "a:\n  - b\n", id="last line of the file"),
        pytest.param("a:\n- b\n- c", ("a", 1), "a:\n- b\n", id="no final line end"),
        pytest.param("a:\n  - x: 1\n    y: 2\n  - z: 3\n", ("a", 0), "a:\n  - z: 3\n", id="a map of two lines"),
        pytest.param("a:\n  - |\n    b\n    c\n  - d\n", ("a", 0), "a:\n  - d\n", id="a block"),
        pytest.param("a: [b, c, d]\n", ("a", 1), "a: [b, d]\n", id="flow"),
        pytest.param("a: [b, c]\n", ("a", 1), "a: [b]\n", id="flow, last"),
        pytest.param("a: [b]\nz: 1\n", ("a", 0), "z: 1\n", id="the only one takes its key along"),
        pytest.param("a: b\nz: 1\n", ("a",), "z: 1\n", id="no list at all"),
        pytest.param("a:\r\n  - b\r\n  - c\r\n", ("a", 0), "a:\r\n  - c\r\n", id="CR LF"),
        pytest.param("a:\n  - |\n    b\n  - c\n", ("a", 1), None, id="a block would end the file"),
        pytest.param("a:\n  - &b b\n  - *b\n", ("a", 0), None, id="an anchor"),
        pytest.param("a:\n  - - b\n    - c\n", ("a", 0, 0), None, id="a list in a list"),
        pytest.param("a: [b # why\n  , c]\n", ("a", 0), None, id="a comment between"),
    ],
)
def test_delete_item(text: str, path: tuple[str | int, ...], after: str | None) -> None:
    source = Source("x", text)
    root = parse(source).root
    assert changed(source, delete_item(source, root, at(root, *path))) == after


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        pytest.param("a:\n  - b\n", ("c",), "a:\n  - b\n  - c\n", id="block"),
        pytest.param("a:\n- b # why\nz: 1\n", ("c", "d"), "a:\n- b # why\n- c\n- d\nz: 1\n", id="two behind a comment"),
        pytest.param("a:\n  - b", ("c",), "a:\n  - b\n  - c", id="no final line end"),
        pytest.param("a: [b]\n", ("c",), "a: [b, c]\n", id="flow"),
        pytest.param("a: b # why\n", ("c",), "a: [b, c] # why\n", id="one value"),
        pytest.param("a: b\n", ("it's: c",), "a: [b, 'it''s: c']\n", id="quotes"),
        pytest.param("a:\r\n  - b\r\n", ("c",), "a:\r\n  - b\r\n  - c\r\n", id="CR LF"),
        pytest.param("a:\n", ("c",), None, id="nothing there"),
        pytest.param("a: |\n  b\n", ("c",), None, id="a block of text"),
        pytest.param("a: &x [b]\n", ("c",), None, id="an anchor"),
        pytest.param("a:\n  - b: 1\n", ("c",), None, id="maps"),
    ],
)
def test_add_item(text: str, new: tuple[str, ...], after: str | None) -> None:
    source = Source("x", text)
    assert changed(source, add_item(source, at(parse(source).root, "a"), *new)) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        pytest.param("a: 1\n", "new: 2\na: 1\n", id="first"),
        pytest.param(
            "z: 0\n\n# why\n# and how\na: 1\n", "z: 0\n\nnew: 2\n# why\n# and how\na: 1\n", id="comments stay"
        ),
        pytest.param("z: 0\r\na: 1\r\n", "z: 0\r\nnew: 2\r\na: 1\r\n", id="CR LF"),
        pytest.param("{z: 0, a: 1}\n", None, id="flow"),
    ],
)
def test_key_before(text: str, after: str | None) -> None:
    source = Source("x", text)
    root = parse(source).root
    assert isinstance(root, Mapping)
    key = next(key for key, _ in root.entries if isinstance(key, Scalar) and key.text == "a")
    found = entry_at(root, key.start, key.end)
    assert found is not None
    assert changed(source, key_before(source, *found, "new: 2")) == after
