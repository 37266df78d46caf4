"""Nodes with their places, and what we say about a text that is not YAML."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.document.outline import outline, place
from travistool.diagnostics import Severity
from travistool.document import events
from travistool.document.dialect import resolve
from travistool.document.nodes import Alias, Mapping, Node, Scalar
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
            "yaml-syntax: a blank is missing behind 'a:'; Travis deletes the character U+00A0 here, which looks like a blank or nothing"
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

FAULTS = [
    pytest.param(
        "a:\n\tb: 1\n",
        ["2:1-2:2 yaml-syntax: a tab is used as indentation, indent with spaces"],
        id="tab-as-indentation",
    ),
    pytest.param(
        "script:\n- x\n\t- y\n",
        ["3:1-3:2 yaml-syntax: a tab is used as indentation, indent with spaces"],
        id="tab-before-dash-joins",
    ),
    pytest.param(
        "a: |\n\tb\n", ["2:1-2:2 yaml-syntax: a tab is used as indentation, indent with spaces"], id="tab-in-block"
    ),
    pytest.param(
        "script: echo foo: bar\n",
        ["1:9-1:22 yaml-syntax: ': ' inside unquoted text, put 'echo foo: bar' in quotes"],
        id="colon-in-command",
    ),
    pytest.param(
        'script:\n  - echo "x: y" z: w\n',
        ["2:5-2:21 yaml-syntax: ': ' inside unquoted text, put 'echo \"x: y\" z: w' in quotes"],
        id="colon-in-list-item",
    ),
    pytest.param('script:\n  - curl -H "A: b" x\n', [], id="colon-in-quotes-in-command"),
    pytest.param(
        "a: b\n  c: d\n",
        [
            "2:3-2:4 yaml-syntax: key 'c' is indented like the second line of the value above it, line it up with the other keys"
        ],
        id="key-under-value",
    ),
    pytest.param(
        "language: python\n script: x\n",
        [
            "2:2-2:8 yaml-syntax: key 'script' is indented like the second line of the value above it, line it up with the other keys"
        ],
        id="key-indented-like-a-second-line",
    ),
    pytest.param("a:1\nb: 2\n", ["1:1-1:3 yaml-syntax: a blank is missing behind 'a:'"], id="no-blank-behind-colon"),
    pytest.param(
        "a: 1\nfoo:bar\nb: 2\n",
        ["2:1-2:5 yaml-syntax: a blank is missing behind 'foo:'"],
        id="no-blank-behind-colon-later",
    ),
    pytest.param(
        "a: 1\n-b\nc: 2\n",
        ["2:1-2:2 yaml-syntax: a blank is missing behind the '-' of '-b'"],
        id="no-blank-behind-dash",
    ),
    pytest.param(
        "a:\n  - b\n  -c\n  - d\n",
        ["3:3-3:4 yaml-syntax: a blank is missing behind the '-' of '-c'"],
        id="no-blank-behind-dash-joins",
    ),
    pytest.param(
        "a:\n  b: 1\n  -c\n",
        ["3:3-3:4 yaml-syntax: a blank is missing behind the '-' of '-c'"],
        id="no-blank-behind-dash-at-the-end",
    ),
    pytest.param("a: 'b\nc: 1\n", ["1:4-1:5 yaml-syntax: this single quote is never closed"], id="open-single-quote"),
    pytest.param('a: "b\nc: 1\n', ["1:4-1:5 yaml-syntax: this double quote is never closed"], id="open-double-quote"),
    pytest.param(
        "a: 'it's'\n",
        ["1:8-1:10 yaml-syntax: 's'' follows a closed quote, put the whole value in quotes"],
        id="quote-inside-quotes",
    ),
    pytest.param(
        "a: 'b' c\n",
        ["1:8-1:9 yaml-syntax: 'c' follows a closed quote, put the whole value in quotes"],
        id="text-behind-quote",
    ),
    pytest.param(
        'a: "b": c\n',
        ["1:7-1:10 yaml-syntax: ': c' follows a closed quote, put the whole value in quotes"],
        id="colon-behind-quote",
    ),
    pytest.param(
        "a: [1, 2\nb: 3\n", ["1:4-1:5 yaml-syntax: this '[' is never closed, ']' is missing"], id="open-bracket"
    ),
    pytest.param("a: {b: 1\n", ["1:4-1:5 yaml-syntax: this '{' is never closed, '}' is missing"], id="open-brace"),
    pytest.param("a: [1 [2]]\n", ["1:7-1:11 yaml-syntax: expected ',' or ']' before '[2]]'"], id="missing-comma"),
    pytest.param("a: [x, y]]\n", ["1:10-1:11 yaml-syntax: nothing opens this ']', remove it"], id="bracket-too-many"),
    pytest.param(
        "a: ]\n",
        ["1:4-1:5 yaml-syntax: nothing opens this ']', put text that starts with it in quotes"],
        id="lone-bracket",
    ),
    pytest.param(
        "a: , b\n",
        ["1:4-1:5 yaml-syntax: a value is missing before ',', put text that starts with it in quotes"],
        id="lone-comma",
    ),
    pytest.param("a: [\n", ["1:4-1:5 yaml-syntax: this '[' is never closed, ']' is missing"], id="bracket-at-the-end"),
    pytest.param(
        "a: {:b: 1}\n",
        ["1:5-1:11 yaml-syntax: a value is missing before ':b: 1}', put text that starts with it in quotes"],
        id="colon-at-the-start-in-flow",
    ),
    pytest.param(
        "script:\n- npm i\n  - npm test: all\n",
        [
            "3:3-3:18 yaml-syntax: '- npm test: all' is indented like the second line of the value above it, line it up with that item"
        ],
        id="dash-under-text",
    ),
    pytest.param(
        "a: [x:]\n", ["1:6-1:7 yaml-syntax: a blank is missing behind the ':' of 'x:]'"], id="colon-before-bracket"
    ),
    pytest.param("a: @x\n", ["1:4-1:6 yaml-syntax: text cannot start with '@', put '@x' in quotes"], id="at-sign"),
    pytest.param("a: `x`\n", ["1:4-1:7 yaml-syntax: text cannot start with '`', put '`x`' in quotes"], id="backtick"),
    pytest.param("a: %x\n", ["1:4-1:6 yaml-syntax: text cannot start with '%', put '%x' in quotes"], id="percent"),
    pytest.param(
        "- *.js\n", ["1:3-1:7 yaml-syntax: '*' starts an alias, put '*.js' in quotes if it is text"], id="star"
    ),
    pytest.param(
        "a: &\n", ["1:4-1:5 yaml-syntax: '&' starts an anchor, put '&' in quotes if it is text"], id="ampersand"
    ),
    pytest.param(
        "a: && b\n", ["1:4-1:8 yaml-syntax: '&' starts an anchor, put '&& b' in quotes if it is text"], id="ampersands"
    ),
    pytest.param(
        "a: !foo!bar x\n",
        ["1:4-1:14 yaml-syntax: '!' starts a tag, put '!foo!bar x' in quotes if it is text"],
        id="exclamation-mark",
    ),
    pytest.param(
        "a: !<x y\n",
        ["1:4-1:9 yaml-syntax: '!' starts a tag, put '!<x y' in quotes if it is text"],
        id="exclamation-mark-bracket",
    ),
    pytest.param(
        "a: |foo\n",
        [
            "1:4-1:8 yaml-syntax: '|' starts a block whose text begins on the next line, put '|foo' in quotes if it is text"
        ],
        id="bar",
    ),
    pytest.param(
        "a: > foo\n",
        [
            "1:4-1:9 yaml-syntax: '>' starts a block whose text begins on the next line, put '> foo' in quotes if it is text"
        ],
        id="greater-than",
    ),
    pytest.param(
        'a: "\\."\n',
        ["1:5-1:7 yaml-syntax: '\\.' means nothing in double quotes, use single quotes or write '\\\\.'"],
        id="escape",
    ),
    pytest.param(
        'a: "\\xZZ"\n',
        ["1:5-1:7 yaml-syntax: '\\x' means nothing in double quotes, use single quotes or write '\\\\x'"],
        id="escape-without-digits",
    ),
    pytest.param(
        "%x\na: 1\n",
        ["1:1-1:3 yaml-syntax: '%' at a line's start is reserved for YAML, put '%x' in quotes"],
        id="directive",
    ),
    pytest.param(
        "a: - b\n",
        ["1:4-1:7 yaml-syntax: a list cannot start on the line of its key, write '- b' on a line of its own"],
        id="list-behind-key",
    ),
    pytest.param(
        "a: ? b\n", ["1:4-1:7 yaml-syntax: '?' starts a key, put '? b' in quotes if it is text"], id="question-mark"
    ),
    pytest.param(
        "a:\n  b: 1\n c: 2\n",
        ["3:2-3:6 yaml-syntax: 'c: 2' lines up with nothing above it, check its indentation"],
        id="between-indentations",
    ),
    pytest.param(
        "a:\n  - b\n c: 1\n",
        ["3:2-3:6 yaml-syntax: 'c: 1' lines up with nothing above it, check its indentation"],
        id="key-between-indentations",
    ),
    pytest.param(
        "- a\nb: 1\n",
        ["2:1-2:5 yaml-syntax: 'b: 1' lines up with nothing above it, check its indentation"],
        id="key-behind-list",
    ),
    pytest.param(
        "a: 1\n- b\n",
        ["2:1-2:4 yaml-syntax: a list item cannot follow a key at the same place, indent '- b' under its own key"],
        id="dash-behind-key",
    ),
    pytest.param(
        "a:\n  - b\n - c\n",
        ["3:2-3:5 yaml-syntax: '- c' lines up with nothing above it, check its indentation"],
        id="dash-between-indentations",
    ),
    pytest.param(
        "a: 1\nfoo\nb: 2\n",
        ["2:1-2:4 yaml-syntax: 'foo' is neither a key nor a list item, write 'key: value' or '- item'"],
        id="line-without-colon",
    ),
    pytest.param(
        "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n",
        ["1:1-1:13 yaml-syntax: merge conflict '<<<<<<< HEAD' left in the file, resolve it"],
        id="merge-conflict",
    ),
    pytest.param(
        "a: b\x07\n",
        ["1:5-1:6 control-character: the control character U+0007 cannot stand in YAML, remove it"],
        id="control-character",
    ),
    pytest.param(
        "a: b\x0cc\n", ["1:5-1:6 control-character: a form feed cannot stand in YAML, remove it"], id="form-feed"
    ),
    pytest.param("a: b\x00c\n", ["1:5-1:6 control-character: a NUL byte cannot stand in YAML, remove it"], id="nul"),
    pytest.param(
        "a: \ud800\n",
        ["1:4-1:5 control-character: half a character (U+D800) cannot stand in YAML, remove it"],
        id="lone-surrogate",
    ),
    pytest.param(
        "a:\xa0b\nc: 1\n",
        [
            "1:1-1:3 yaml-syntax: a blank is missing behind 'a:'; Travis deletes the character U+00A0 here, which looks like a blank or nothing"
        ],
        id="no-break-space",
    ),
    pytest.param(
        "a: &a &b c\n",
        ["1:7-1:11 yaml-syntax: '&b c' cannot follow 'a: &a', put the whole value in quotes"],
        id="two-anchors",
    ),
    pytest.param(
        "a: 1\n---\nb: [\n",
        ["2:1-2:4 multiple-documents: only the first YAML document counts, Travis ignores everything from here on"],
        id="second-document",
    ),
    pytest.param(
        "{a: 1}}\n",
        ["1:7-1:8 multiple-documents: only the first YAML document counts, Travis ignores everything from here on"],
        id="text-behind-flow",
    ),
    pytest.param(
        "a: *x b\n",
        ["1:7-1:8 yaml-syntax: 'b' cannot follow 'a: *x', put the whole value in quotes"],
        id="text-behind-alias",
    ),
    pytest.param(
        "\xa0a:\n\xa0\tb: 1\n",
        ["2:2-2:3 yaml-syntax: a tab is used as indentation, indent with spaces"],
        id="tab-deleted-around",
    ),
]

# Pieces that make YAML likely and trouble certain.
PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            " ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "&x ",
            "*x",
            "<<: ",
            "!t ",
            "|\n",
        ),
        *(">-\n", "#c", "\t", "\r", "---\n", "? ", "\ufeff", "\xa0", "\u200b", "\u2028", "\u00e9", "\x00", "\x0c"),
        *("%", "@", "\\", "\ud800", "a:b"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(("text", "expected"), NODES)
def test_nodes(text: str, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(("text", "expected"), NODES)
def test_nodes_without_the_c_parser(text: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "CParser", None)
    assert outline(text) == expected


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults(text: str, expected: list[str]) -> None:
    source = Source("test.yml", text)
    problems = parse(source).problems
    assert [f"{place(source, p.span.start, p.span.end)} {p.rule}: {p.message}" for p in problems] == expected


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults_without_the_c_parser(text: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "CParser", None)
    document = parse(Source("test.yml", text))
    assert document.problems or not any("yaml-syntax" in line for line in expected)


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
        pytest.param("a: [" + "1," * (MAX_NODES + 1) + "]", "yaml-too-big", id="many-values"),
    ],
)
def test_limits(text: str, rule: str) -> None:
    document = parse(Source("test.yml", text))
    assert (document.root, [problem.rule for problem in document.problems]) == (None, [rule])


def test_deepest_text_is_read() -> None:
    value, problems = resolve(parse(Source("test.yml", "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))))
    assert value is not None
    assert problems == ()


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example('"\\')
def test_never_raises_and_places_are_inside(text: str) -> None:
    source = Source("test.yml", text)
    document = parse(source)
    value, problems = resolve(document)
    for problem in (*document.problems, *problems):
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert "\n" not in problem.message
    if any(problem.severity is Severity.ERROR for problem in document.problems):
        assert (document.root, value) == (None, None)
    if document.root is not None:
        _check_inside(document.root, 0, len(text))


def _check_inside(node: Node, start: int, end: int) -> None:
    assert start <= node.start <= node.end <= end
    if isinstance(node, Scalar | Alias):
        return
    parts = [part for entry in node.entries for part in entry] if isinstance(node, Mapping) else list(node.items)
    before = node.start
    for part in parts:
        assert before <= part.start
        before = part.end
        _check_inside(part, node.start, node.end)
