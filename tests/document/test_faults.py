"""What we say about a text that is not YAML."""

import pytest

from tests.document.outline import place
from travistool.document import events
from travistool.document.parse import parse
from travistool.source import Source

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
            "2:3-2:4 yaml-syntax: key 'c' is indented like a continuation of the value above it, align it with the other keys"
        ],
        id="key-under-value",
    ),
    pytest.param(
        "language: python\n script: x\n",
        [
            "2:2-2:8 yaml-syntax: key 'script' is indented like a continuation of the value above it, align it with the other keys"
        ],
        id="key-indented-like-a-second-line",
    ),
    pytest.param("a:1\nb: 2\n", ["1:1-1:3 yaml-syntax: a space is missing after 'a:'"], id="no-blank-behind-colon"),
    pytest.param(
        "a: 1\nfoo:bar\nb: 2\n",
        ["2:1-2:5 yaml-syntax: a space is missing after 'foo:'"],
        id="no-blank-behind-colon-later",
    ),
    pytest.param(
        "a: 1\n-b\nc: 2\n",
        ["2:1-2:2 yaml-syntax: a space is missing after the '-' of '-b'"],
        id="no-blank-behind-dash",
    ),
    pytest.param(
        "a:\n  - b\n  -c\n  - d\n",
        ["3:3-3:4 yaml-syntax: a space is missing after the '-' of '-c'"],
        id="no-blank-behind-dash-joins",
    ),
    pytest.param(
        "a:\n  b: 1\n  -c\n",
        ["3:3-3:4 yaml-syntax: a space is missing after the '-' of '-c'"],
        id="no-blank-behind-dash-at-the-end",
    ),
    pytest.param("a: 'b\nc: 1\n", ["1:4-1:5 yaml-syntax: this single quote is never closed"], id="open-single-quote"),
    pytest.param('a: "b\nc: 1\n', ["1:4-1:5 yaml-syntax: this double quote is never closed"], id="open-double-quote"),
    pytest.param(
        "a: 'it's'\n",
        ["1:8-1:10 yaml-syntax: 's'' comes after the closing quote, put the whole value in quotes"],
        id="quote-inside-quotes",
    ),
    pytest.param(
        "a: 'b' c\n",
        ["1:8-1:9 yaml-syntax: 'c' comes after the closing quote, put the whole value in quotes"],
        id="text-behind-quote",
    ),
    pytest.param(
        'a: "b": c\n',
        ["1:7-1:10 yaml-syntax: ': c' comes after the closing quote, put the whole value in quotes"],
        id="colon-behind-quote",
    ),
    pytest.param(
        "a: [1, 2\nb: 3\n", ["1:4-1:5 yaml-syntax: this '[' is never closed, ']' is missing"], id="open-bracket"
    ),
    pytest.param("a: {b: 1\n", ["1:4-1:5 yaml-syntax: this '{' is never closed, '}' is missing"], id="open-brace"),
    pytest.param("a: [1 [2]]\n", ["1:7-1:11 yaml-syntax: expected ',' or ']' before '[2]]'"], id="missing-comma"),
    pytest.param("a: [x, y]]\n", ["1:10-1:11 yaml-syntax: unmatched ']', remove it"], id="bracket-too-many"),
    pytest.param(
        "a: ]\n",
        ["1:4-1:5 yaml-syntax: unmatched ']', quote text that starts with it"],
        id="lone-bracket",
    ),
    pytest.param(
        "a: , b\n",
        ["1:4-1:5 yaml-syntax: a value is missing before ',', quote text that starts with ','"],
        id="lone-comma",
    ),
    pytest.param("a: [\n", ["1:4-1:5 yaml-syntax: this '[' is never closed, ']' is missing"], id="bracket-at-the-end"),
    pytest.param(
        "a: {:b: 1}\n",
        ["1:5-1:11 yaml-syntax: a value is missing before ':b: 1}', quote text that starts with it"],
        id="colon-at-the-start-in-flow",
    ),
    pytest.param(
        "script:\n- npm i\n  - npm test: all\n",
        [
            "3:3-3:18 yaml-syntax: '- npm test: all' is indented like a continuation of the item above it, align it with that item"
        ],
        id="dash-under-text",
    ),
    pytest.param(
        "a: [x:]\n", ["1:6-1:7 yaml-syntax: a space is missing after the ':' of 'x:]'"], id="colon-before-bracket"
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
        ["1:5-1:7 yaml-syntax: '\\.' is not an escape sequence, use single quotes or write '\\\\.'"],
        id="escape",
    ),
    pytest.param(
        'a: "\\xZZ"\n',
        ["1:5-1:7 yaml-syntax: '\\x' is not an escape sequence, use single quotes or write '\\\\x'"],
        id="escape-without-digits",
    ),
    pytest.param(
        "%x\na: 1\n",
        ["1:1-1:3 yaml-syntax: '%' at the start of a line is reserved in YAML, put '%x' in quotes"],
        id="directive",
    ),
    pytest.param(
        "a: - b\n",
        ["1:4-1:7 yaml-syntax: a list cannot start on the same line as its key, write '- b' on a line of its own"],
        id="list-behind-key",
    ),
    pytest.param(
        "a: ? b\n", ["1:4-1:7 yaml-syntax: '?' starts a key, put '? b' in quotes if it is text"], id="question-mark"
    ),
    pytest.param(
        "a:\n  b: 1\n c: 2\n",
        ["3:2-3:6 yaml-syntax: 'c: 2' is not aligned with anything above it, check its indentation"],
        id="between-indentations",
    ),
    pytest.param(
        "a:\n  - b\n c: 1\n",
        ["3:2-3:6 yaml-syntax: 'c: 1' is not aligned with anything above it, check its indentation"],
        id="key-between-indentations",
    ),
    pytest.param(
        "- a\nb: 1\n",
        ["2:1-2:5 yaml-syntax: 'b: 1' is not aligned with anything above it, check its indentation"],
        id="key-behind-list",
    ),
    pytest.param(
        "a: 1\n- b\n",
        [
            "2:1-2:4 yaml-syntax: a list item cannot follow a key at the same indentation, indent '- b' under its own key"
        ],
        id="dash-behind-key",
    ),
    pytest.param(
        "a:\n  - b\n - c\n",
        ["3:2-3:5 yaml-syntax: '- c' is not aligned with anything above it, check its indentation"],
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
        ["1:5-1:6 control-character: the control character U+0007 is not allowed in YAML, remove it"],
        id="control-character",
    ),
    pytest.param(
        "a: b\x0cc\n", ["1:5-1:6 control-character: a form feed is not allowed in YAML, remove it"], id="form-feed"
    ),
    pytest.param("a: b\x00c\n", ["1:5-1:6 control-character: a NUL byte is not allowed in YAML, remove it"], id="nul"),
    pytest.param(
        "a: \ud800\n",
        ["1:4-1:5 control-character: a lone surrogate (U+D800) is not allowed in YAML, remove it"],
        id="lone-surrogate",
    ),
    pytest.param(
        "a:\xa0b\nc: 1\n",
        [
            "1:1-1:3 yaml-syntax: a space is missing after 'a:'; Travis deletes the character U+00A0 here, which is invisible or looks like a space"
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
