"""Nodes with their places; what we say about a text that is not YAML: test_faults.py."""

import pytest

from tests.document.outline import outline
from travistool.document import events
from travistool.document.dialect import resolve
from travistool.document.parse import MAX_DEPTH, MAX_NODES, parse
from travistool.source import Source

NODES = [
    pytest.param(
        "a: 1\nbc: two words  # comment\n",
        [
            "1:1-2:14 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:5 plain '1'",
            "  2:1-2:3 plain 'bc'",
            "  2:5-2:14 plain 'two words'",
        ],
        id="plain-values",
    ),
    pytest.param(
        "a: 'x y'\nb: \"p\\tq\" \n",
        ["1:1-2:10 map", "  1:1-1:2 plain 'a'", "  1:4-1:9 ' 'x y'", "  2:1-2:2 plain 'b'", "  2:4-2:10 \" 'p\\tq'"],
        id="quoted-values",
    ),
    pytest.param(
        "a: one\n  two\n\n  three\nb: 1\n",
        [
            "1:1-5:5 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-4:8 plain 'one two\\nthree'",
            "  5:1-5:2 plain 'b'",
            "  5:4-5:5 plain '1'",
        ],
        id="plain-over-lines",
    ),
    pytest.param(
        "a:\nb: 1\n",
        ["1:1-2:5 map", "  1:1-1:2 plain 'a'", "  1:3-1:3 plain ''", "  2:1-2:2 plain 'b'", "  2:4-2:5 plain '1'"],
        id="empty-value",
    ),
    pytest.param("-\n- x\n", ["1:1-2:4 list", "  1:2-1:2 plain ''", "  2:3-2:4 plain 'x'"], id="empty-item"),
    pytest.param(
        "a: {b, c: , d: 1}\n",
        [
            "1:1-1:18 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:18 flow map",
            "    1:5-1:6 plain 'b'",
            "    1:6-1:6 plain ''",
            "    1:8-1:9 plain 'c'",
            "    1:10-1:10 plain ''",
            "    1:13-1:14 plain 'd'",
            "    1:16-1:17 plain '1'",
        ],
        id="empty-values-in-flow",
    ),
    pytest.param(
        "? a\n? b\n: 1\n",
        ["1:1-3:4 map", "  1:3-1:4 plain 'a'", "  1:4-1:4 plain ''", "  2:3-2:4 plain 'b'", "  3:3-3:4 plain '1'"],
        id="explicit-keys",
    ),
    pytest.param(
        "? a\n# c: d\nb: 1\n",
        ["1:1-3:5 map", "  1:3-1:4 plain 'a'", "  1:4-1:4 plain ''", "  3:1-3:2 plain 'b'", "  3:4-3:5 plain '1'"],
        id="explicit-key-without-value",
    ),
    pytest.param(
        "a: |\n  x\n  y\n\nb: 1\n",
        ["1:1-5:5 map", "  1:1-1:2 plain 'a'", "  1:4-3:4 | 'x\\ny\\n'", "  5:1-5:2 plain 'b'", "  5:4-5:5 plain '1'"],
        id="literal",
    ),
    pytest.param(
        "a: >-  # why\n  x\n\n   \n# no text\nb: 1\n",
        ["1:1-6:5 map", "  1:1-1:2 plain 'a'", "  1:4-2:4 > 'x\\n\\n '", "  6:1-6:2 plain 'b'", "  6:4-6:5 plain '1'"],
        id="folded-with-comments",
    ),
    pytest.param(
        "a: |+\n\nb: 1\n",
        ["1:1-3:5 map", "  1:1-1:2 plain 'a'", "  1:4-1:6 | '\\n'", "  3:1-3:2 plain 'b'", "  3:4-3:5 plain '1'"],
        id="literal-without-text",
    ),
    pytest.param("a: |\n  x  \n  ", ["1:1-2:4 map", "  1:1-1:2 plain 'a'", "  1:4-2:4 | 'x'"], id="literal-at-the-end"),
    pytest.param(
        "a: |\r\n  x\r\nb: 1\r\n",
        ["1:1-3:5 map", "  1:1-1:2 plain 'a'", "  1:4-2:4 | 'x\\n'", "  3:1-3:2 plain 'b'", "  3:4-3:5 plain '1'"],
        id="literal-crlf",
    ),
    pytest.param(
        "a:\n- x\n- y\nb:\n  - z\n",
        [
            "1:1-5:6 map",
            "  1:1-1:2 plain 'a'",
            "  2:1-3:4 list",
            "    2:3-2:4 plain 'x'",
            "    3:3-3:4 plain 'y'",
            "  4:1-4:2 plain 'b'",
            "  5:3-5:6 list",
            "    5:5-5:6 plain 'z'",
        ],
        id="lists",
    ),
    pytest.param(
        "- - a\n  - b: 1\n    c: 2\n- d\n",
        [
            "1:1-4:4 list",
            "  1:3-3:9 list",
            "    1:5-1:6 plain 'a'",
            "    2:5-3:9 map",
            "      2:5-2:6 plain 'b'",
            "      2:8-2:9 plain '1'",
            "      3:5-3:6 plain 'c'",
            "      3:8-3:9 plain '2'",
            "  4:3-4:4 plain 'd'",
        ],
        id="nested-lists",
    ),
    pytest.param(
        "a: [x, 'y' , {b: c}]\n",
        [
            "1:1-1:21 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:21 flow list",
            "    1:5-1:6 plain 'x'",
            "    1:8-1:11 ' 'y'",
            "    1:14-1:20 flow map",
            "      1:15-1:16 plain 'b'",
            "      1:18-1:19 plain 'c'",
        ],
        id="flow",
    ),
    pytest.param(
        "a: [b: c, d]\n",
        [
            "1:1-1:13 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:13 flow list",
            "    1:5-1:9 flow map",
            "      1:5-1:6 plain 'b'",
            "      1:8-1:9 plain 'c'",
            "    1:11-1:12 plain 'd'",
        ],
        id="pair-in-flow-list",
    ),
    pytest.param(
        "a: [\n  x,\n  y\n]  # end\n",
        ["1:1-4:2 map", "  1:1-1:2 plain 'a'", "  1:4-4:2 flow list", "    2:3-2:4 plain 'x'", "    3:3-3:4 plain 'y'"],
        id="flow-over-lines",
    ),
    pytest.param(
        "a: &x !!str 1\nb: *x\n",
        [
            "1:1-2:6 map",
            "  1:1-1:2 plain 'a'",
            "  1:13-1:14 plain '1' &x tag:yaml.org,2002:str",
            "  2:1-2:2 plain 'b'",
            "  2:4-2:6 *x",
        ],
        id="anchored-scalar",
    ),
    pytest.param(
        "a: &x\n  b: 1\n",
        ["1:1-2:7 map", "  1:1-1:2 plain 'a'", "  2:3-2:7 map &x", "    2:3-2:4 plain 'b'", "    2:6-2:7 plain '1'"],
        id="anchored-map",
    ),
    pytest.param(
        "a: &x\n- b\n",
        ["1:1-2:4 map", "  1:1-1:2 plain 'a'", "  2:1-2:4 list &x", "    2:3-2:4 plain 'b'"],
        id="anchored-list",
    ),
    pytest.param(
        "a: &x # why\n  - b\n",
        ["1:1-2:6 map", "  1:1-1:2 plain 'a'", "  2:3-2:6 list &x", "    2:5-2:6 plain 'b'"],
        id="anchored-list-indented",
    ),
    pytest.param(
        "a: !append [b]\n",
        ["1:1-1:15 map", "  1:1-1:2 plain 'a'", "  1:12-1:15 flow list !append", "    1:13-1:14 plain 'b'"],
        id="tagged-flow",
    ),
    pytest.param(
        "a: &x\nb: !y\nc: 1\n",
        [
            "1:1-3:5 map",
            "  1:1-1:2 plain 'a'",
            "  1:6-1:6 plain '' &x",
            "  2:1-2:2 plain 'b'",
            "  2:6-2:6 plain '' !y",
            "  3:1-3:2 plain 'c'",
            "  3:4-3:5 plain '1'",
        ],
        id="properties-of-empty-values",
    ),
    pytest.param("&x a: 1\n", ["1:1-1:8 map", "  1:4-1:5 plain 'a' &x", "  1:7-1:8 plain '1'"], id="anchored-key"),
    pytest.param("a: ! 'x'\n", ["1:1-1:9 map", "  1:1-1:2 plain 'a'", "  1:6-1:9 ' 'x' !"], id="tag-without-name"),
    pytest.param(
        "a: &x [*x]\n",
        ["1:1-1:11 map", "  1:1-1:2 plain 'a'", "  1:7-1:11 flow list &x", "    1:8-1:10 *x cyclic"],
        id="cyclic",
    ),
    pytest.param("a: *x\n", ["1:1-1:6 map", "  1:1-1:2 plain 'a'", "  1:4-1:6 *x unknown"], id="unknown-alias"),
    pytest.param(
        "a: &x 1\nb: &x 2\nc: *x\n",
        [
            "1:1-3:6 map",
            "  1:1-1:2 plain 'a'",
            "  1:7-1:8 plain '1' &x",
            "  2:1-2:2 plain 'b'",
            "  2:7-2:8 plain '2' &x",
            "  3:1-3:2 plain 'c'",
            "  3:4-3:6 *x",
        ],
        id="anchor-written-twice",
    ),
    pytest.param(
        "  # c\n  a:\n    - b\n",
        ["2:3-3:8 map", "  2:3-2:4 plain 'a'", "  3:5-3:8 list", "    3:7-3:8 plain 'b'"],
        id="common-indentation",
    ),
    pytest.param(
        "  a: 1\nb: 2\n",
        ["1:3-2:5 map", "  1:3-1:4 plain 'a'", "  1:6-1:7 plain '1'", "  2:1-2:2 plain 'b'", "  2:4-2:5 plain '2'"],
        id="only-first-line-indented",
    ),
    pytest.param("\n\n\ta: 1\n", ["3:2-3:6 map", "  3:2-3:3 plain 'a'", "  3:5-3:6 plain '1'"], id="blanks-before"),
    pytest.param("\ufeffa: 1\n", ["1:2-1:6 map", "  1:2-1:3 plain 'a'", "  1:5-1:6 plain '1'"], id="byte-order-mark"),
    pytest.param(
        "a:\xa01\n\u200bb: \xa0'x'\n",
        [
            "yaml-syntax: a space is missing after 'a:'; Travis deletes the character U+00A0 here, which is invisible or looks like a space"
        ],
        id="no-break-space-deleted",
    ),
    pytest.param(
        "a: \xe9\n\xa0b:\n  - \xfc\xa0\n",
        [
            "1:1-3:6 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:5 plain 'é'",
            "  2:2-2:3 plain 'b'",
            "  3:3-3:6 list",
            "    3:5-3:6 plain 'ü'",
        ],
        id="letters-stay",
    ),
    pytest.param(
        "a: \U0001f469\u200d\U0001f4bb b\n",
        ["1:1-1:9 map", "  1:1-1:2 plain 'a'", "  1:4-1:9 plain '👩\\u200d💻 b'"],
        id="joined-symbols-stay",
    ),
    pytest.param(
        "a:\t1\t\nb: 2\n",
        ["1:1-2:5 map", "  1:1-1:2 plain 'a'", "  1:4-1:5 plain '1'", "  2:1-2:2 plain 'b'", "  2:4-2:5 plain '2'"],
        id="tab-behind-colon",
    ),
    pytest.param(
        "a: 1\rb: 2\r",
        ["1:1-2:5 map", "  1:1-1:2 plain 'a'", "  1:4-1:5 plain '1'", "  2:1-2:2 plain 'b'", "  2:4-2:5 plain '2'"],
        id="lone-carriage-returns",
    ),
    pytest.param(
        "a: [b:c, x?y]\n",
        [
            "1:1-1:14 map",
            "  1:1-1:2 plain 'a'",
            "  1:4-1:14 flow list",
            "    1:5-1:8 plain 'b:c'",
            "    1:10-1:13 plain 'x?y'",
        ],
        id="colon-inside-flow",
    ),
    pytest.param(
        "%YAML 1.2\n---\na: 1\n", ["3:1-3:5 map", "  3:1-3:2 plain 'a'", "  3:4-3:5 plain '1'"], id="yaml-1.2"
    ),
    pytest.param(
        "a: 1\n---\nb: 2\n", ["1:1-1:5 map", "  1:1-1:2 plain 'a'", "  1:4-1:5 plain '1'"], id="second-document"
    ),
    pytest.param(
        '{"a": [1, true, null]}\n',
        [
            "1:1-1:23 flow map",
            "  1:2-1:5 \" 'a'",
            "  1:7-1:22 flow list",
            "    1:8-1:9 plain '1'",
            "    1:11-1:15 plain 'true'",
            "    1:17-1:21 plain 'null'",
        ],
        id="json",
    ),
    pytest.param(
        "\xa0a:\n  b:\n",
        ["1:2-2:5 map", "  1:2-1:3 plain 'a'", "  2:3-2:5 map", "    2:3-2:4 plain 'b'", "    2:5-2:5 plain ''"],
        id="empty-after-deletion",
    ),
]


@pytest.mark.parametrize(("text", "expected"), NODES)
def test_nodes(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(("text", "expected"), NODES)
def test_nodes_without_the_c_parser(text: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "CParser", None)
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        pytest.param("_x: &a\n  b: 1\nc: *a\n", {"_x"}, id="key-of-the-anchored-map"),
        pytest.param("_x: &a 1\nb: [k, &c v]\n", {"_x", "k"}, id="scalar-written-before"),
        pytest.param("&a b: 1\n", set(), id="nothing-before"),
        pytest.param("a: 1\n", set(), id="none"),
    ],
)
def test_anchors(text: str, anchors: set[str]) -> None:
    assert parse(Source("test.yml", text)).anchors == anchors


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        pytest.param("a: 1\nb: 2\n", "b", 1, id="counts-from-0"),
        pytest.param("\n\n# c\na: 1\n", "a", 1, id="blank-lines-before-do-not-count"),
        pytest.param("\ufeff\r\na: 1\r\nb: 2", "b", 1, id="crlf-and-byte-order-mark"),
    ],
)
def test_official_line(text: str, word: str, line: int) -> None:
    assert parse(Source("test.yml", text)).official_line(text.index(word)) == line


def test_no_document() -> None:
    document = parse(Source("test.yml", "\n# only a comment\n"))
    assert (document.root, document.problems) == (None, ())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("[" * 10_000, "yaml-too-deep", id="deep-flow"),
        pytest.param("- " * 10_000, "yaml-too-deep", id="deep-lists"),
        pytest.param("a: [" + "1," * (MAX_NODES + 1) + "]", "yaml-too-big", id="many-values", marks=pytest.mark.heavy),
    ],
)
def test_limits(text: str, rule: str) -> None:
    document = parse(Source("test.yml", text))
    assert (document.root, [problem.rule for problem in document.problems]) == (None, [rule])


def test_deepest_text_is_read() -> None:
    value, problems = resolve(parse(Source("test.yml", "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))))
    assert value is not None
    assert problems == ()
