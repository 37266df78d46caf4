"""What Travis reads from the nodes. The expected values were read by the official reader."""

import pytest

from tests.document.outline import place
from travistool.document.dialect import resolve
from travistool.document.nodes import Alias
from travistool.document.parse import parse
from travistool.document.scalars import typed
from travistool.document.values import Value
from travistool.source import Source


def read(text: str) -> Value:
    value, problems = resolve(parse(Source("test.yml", text)))
    assert value is not None, problems
    return value


def problems(text: str) -> list[str]:
    source = Source("test.yml", text)
    document = parse(source)
    _, found = resolve(document)
    return [f"{place(source, p.span.start, p.span.end)} {p.severity.label} {p.rule}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE", "tRue", "Yes", "YES", "On", "ON", "oN")),
        *((word, False) for word in ("false", "False", "FALSE", "No", "NO", "nO", "Off", "OFF", "oFf")),
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, word) for word in ("yes", "no", "on", "off", "None", "nil", "y", "n", "Y", "truely", "null ok")),
        *((word, word) for word in ("1.10", "3.10", ".5", "1.", "1e3", "1e-3", "1.0e+5", "-.5", ".", "1_0.5", "1.2.3")),
        *((word, word) for word in (".inf", ".NaN", "12:30.5", "2018-01-01 10:00:00", "+", "-", "_", ":")),
        *(
            (word, word)
            for word in ("08", "0o14", "1__0", "1_", "_1", "1,", "1,,0", "0x", "0x_", "0b2", "1 2", "12e03")
        ),
        ("0755", 493),
        ("0_7", 7),
        ("0_", 0),
        ("00", 0),
        ("-010", -8),
        ("0x1f", 31),
        ("-0x1F", -31),
        ("0b11", 3),
        ("1_000", 1000),
        ("1,000", 1000),
        ("+12", 12),
        ("-0", 0),
        ("12:30", 45000),
        ("1:2:3", 3723),
        ("-12:30", -41400),
        ("1_0:30", 37800),
        ("1:2:3:4", "1:2:3:4"),
        ("1:60", "1:60"),
        (":foo", "foo"),
        (":foo bar", "foo bar"),
        ("::foo", ":foo"),
        (':"foo"', "foo"),
        (":'foo' bar", "foo"),
        (':":foo"', "foo"),
        (":option", ":option"),  # "on" inside keeps a text as it is
        ("9" * 5000, "9" * 5000),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_typed(text: str, value: object) -> None:
    found = typed(text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(
            "a: '1'\nb: \"true\"\nc: |\n  1\nd: x\n", {"a": "1", "b": "true", "c": "1\n", "d": "x"}, id="quoted"
        ),
        pytest.param("1: a\ntrue: b\n~: c\n'': d\n", {"1": "a", "true": "b", "~": "c", "": "d"}, id="keys-are-text"),
        pytest.param(":a: 1\n", {"a": 1}, id="key-loses-its-colon"),
        pytest.param("a: !!str 1\nb: !str 2\n", {"a": "1", "b": "2"}, id="tag-str"),
        pytest.param("a: !!int '1'\nb: !x '0x1f'\nc: ! 'no way'\n", {"a": 1, "b": 31, "c": "no way"}, id="tag-types"),
        pytest.param("a: ! '12'\n", {"a": 12}, id="tag-without-name-types"),
        pytest.param(
            "a: !!float 1.5\nb: !!bool yes\nc: !!null x\n", {"a": "1.5", "b": "yes", "c": "x"}, id="core-tags"
        ),
        pytest.param("a: !!binary aGVsbG8=\nb: !binary aGVs\n", {"a": "hello", "b": "hel"}, id="tag-binary"),
        pytest.param("a: !ruby/symbol b\nc: !ruby/object:X 1\n", {"a": "b", "c": 1}, id="ruby-tags-dropped"),
        pytest.param("a: !foo {b: 1}\nc: !bar [1]\n", {"a": {"b": 1}, "c": [1]}, id="unknown-tags"),
        pytest.param("a: 1\nb: 2\na: 3\n", {"a": 3, "b": 2}, id="last-duplicate-wins"),
        pytest.param("a: &x 1\nb: *x\n", {"a": 1, "b": 1}, id="alias"),
        pytest.param("&k a: *k\n", {"a": "a"}, id="alias-of-a-key"),
        pytest.param("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}, id="last-anchor-wins"),
        pytest.param("~\n", {}, id="null-is-an-empty-map"),
        pytest.param("False\n", {}, id="false-is-an-empty-map"),
        pytest.param("# c\n", {}, id="no-document"),
        pytest.param("---\n", {}, id="empty-document"),
        pytest.param("  a:\n    b: 1\n", {"a": {"b": 1}}, id="common-indentation"),
        pytest.param("  # c\na:\n  b: 1\n", {"a": None, "b": 1}, id="indentation-of-a-comment-counts"),
        pytest.param("script: |\n  x\n", {"script": "x"}, id="last-line-break-is-stripped"),
    ],
)
def test_values(text: str, value: object) -> None:
    assert read(text).plain() == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("m: &m {a: 1, b: 2}\nx: {<<: *m, b: 3}", {"a": 1, "b": 3}, id="own-key-behind-wins"),
        pytest.param("m: &m {a: 1, b: 2}\nx: {b: 3, <<: *m}", {"b": 2, "a": 1}, id="own-key-before-loses"),
        pytest.param("x: {<<: {a: 1}, b: 2}", {"a": 1, "b": 2}, id="written-map"),
        pytest.param("x: {<<: [{a: 1, b: 1}, {a: 2, c: 2}]}", {"a": 1, "c": 2, "b": 1}, id="first-of-a-list-wins"),
        pytest.param("x: {<<: {a: 1}, <<: {b: 2}, <<: {a: 3}}", {"a": 3, "b": 2}, id="repeated"),
        pytest.param("x: {<<: 1, a: 2}", {"<<": 1, "a": 2}, id="not-a-map"),
        pytest.param("x: {<<: [{a: 1}, 2]}", {"<<": [{"a": 1}, 2]}, id="list-with-another-value"),
        pytest.param("l: &l [{a: 1}]\nx: {<<: *l}", {"<<": [{"a": 1}]}, id="alias-of-a-list"),
        pytest.param("x: {<<: []}", {}, id="empty-list"),
        pytest.param("x: {<<: *u, a: 1}", {"<<": None, "a": 1}, id="unknown-alias"),
        pytest.param('x: {"<<": {a: 1}}', {"a": 1}, id="quoted-key-merges"),
        pytest.param("x: {!!str <<: {a: 1}}", {"<<": {"a": 1}}, id="tagged-key-does-not-merge"),
        pytest.param("x:\n  :<<: {a: 1}\n", {"a": 1}, id="symbol-key-merges"),
    ],
)
def test_merge_keys(text: str, value: dict[str, object]) -> None:
    data = read(text).plain()
    assert isinstance(data, dict)
    assert data["x"] == value
    assert list(data["x"]) == list(value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a: 1\nb: 2\na: 3\nb: 4\na: 5\n", (("a", 3), ("b", 2)), id="in-order"),
        pytest.param("<<: {a: 1}\n<<: {b: 1}\na: 2\n", (), id="merge-keys-and-merged-keys-are-none"),
        pytest.param(":a: 1\na: 2\n", (), id="compared-as-written"),
        pytest.param(":a: 1\n:a: 2\n", ((":a", 2),), id="told-as-written"),
    ],
)
def test_duplicates(text: str, found: tuple[tuple[str, int], ...]) -> None:
    assert tuple((key, len(nodes)) for key, nodes in read(text).duplicates) == found


def test_alias_keeps_the_data_but_neither_mode_nor_duplicates() -> None:
    data = read("a: &x !replace {k: 1, k: 2}\nb: *x\n").data
    assert isinstance(data, dict)
    assert (data["a"].mode, len(data["a"].duplicates)) == ("replace", 1)
    assert (data["b"].mode, len(data["b"].duplicates)) == (None, 0)
    assert isinstance(data["b"].node, Alias)
    assert data["b"].data is data["a"].data


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("!replace {}", "replace", id="map-replace"),
        pytest.param("!merge {}", "merge", id="map-merge"),
        pytest.param("!deep_merge+append {}", "deep_merge_append", id="map-plus"),
        pytest.param("!deep_merge_prepend {}", "deep_merge_prepend", id="map-underscore"),
        pytest.param("!append {}", None, id="append-is-for-lists"),
        pytest.param("!map+replace {}", None, id="long-tag-has-no-effect"),
        pytest.param("!append []", "append", id="list-append"),
        pytest.param("!prepend []", "prepend", id="list-prepend"),
        pytest.param("!deep_merge []", None, id="deep-merge-is-for-maps"),
    ],
)
def test_modes(text: str, mode: str | None) -> None:
    data = read(f"a: {text}").data
    assert isinstance(data, dict)
    assert data["a"].mode == mode


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "- a\n",
            ["1:1-1:4 error root-not-a-map: the file must be a map of keys like 'language: python', not a list"],
            id="root-list",
        ),
        pytest.param(
            "a b\n",
            ["1:1-1:4 error root-not-a-map: the file must be a map of keys like 'language: python', not text"],
            id="root-text",
        ),
        pytest.param(
            "a: 2018-01-01\n",
            ["1:4-1:14 error date-value: Travis cannot read an unquoted date, put '2018-01-01' in quotes"],
            id="date",
        ),
        pytest.param(
            "a: *x\n",
            ["1:4-1:6 warning unknown-alias: there is no '&x' before '*x', Travis reads it as empty"],
            id="unknown-alias",
        ),
        pytest.param(
            "a: &x [*x]\n",
            ["1:8-1:10 error cyclic-alias: '*x' is inside the value of its own anchor '&x', move it out"],
            id="cyclic-alias",
        ),
        pytest.param("{a: 1}: 2\n", ["1:1-1:7 error key-not-text: a key must be text, not a map"], id="map-as-key"),
        pytest.param(
            "a: &x b\n*x : 2\n", ["2:1-2:3 error key-not-text: a key must be text, not an alias"], id="alias-as-key"
        ),
        pytest.param(
            "a: !!set {b}\n",
            ["1:10-1:13 error unsupported-tag: Travis refuses a value with the tag '!!set', remove the tag"],
            id="foreign-tag",
        ),
        pytest.param("a: '2018-01-01'\nb: !!str 2018-01-01\n", [], id="dates-as-text"),
    ],
)
def test_problems(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_rest_is_read_where_the_official_reader_gives_up() -> None:
    text = "a: 2018-01-01\n[b]: 1\nc: &x [*x]\nd: !!set {e}\n"
    assert read(text).plain() == {"a": "2018-01-01", "c": [None], "d": {"e": None}}


def _bomb(levels: int) -> str:
    lines = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, levels)]
    return "a0: &a0 [x]\n" + "".join(lines)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(_bomb(40), "alias-bomb", id="lists"),
        pytest.param(
            "m: &m {" + ", ".join(f"k{key}: 1" for key in range(2000)) + "}\nx:\n" + "  <<: *m\n" * 200,
            "alias-bomb",
            id="merge-keys",
        ),
        pytest.param(
            "a: &a " + "[" * 150 + "]" * 150 + "\nb: " + "[" * 100 + "*a" + "]" * 100 + "\n",
            "yaml-too-deep",
            id="depth",
        ),
    ],
)
def test_expansion_is_bounded(text: str, rule: str) -> None:
    value, found = resolve(parse(Source("test.yml", text)))
    assert (value, [problem.rule for problem in found]) == (None, [rule])


def test_usual_repetition_is_no_bomb() -> None:
    assert len(str(read(_bomb(4)).plain())) > 1000
