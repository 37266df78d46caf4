"""Reading conditions of both versions: quirks, offsets, and that nothing but ConditionError gets out."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar.conditions import ConditionError, check, parse
from travistool.grammar.conditions.syntax import And, Call, Compare, In, Match, Regex, Value, Var, to_sexp

V1 = [
    pytest.param("branch = master", ["eq", ["var", "branch"], ["val", "master"]], id="comparison"),
    pytest.param("branch!=x", ["not_eq", ["val", "branch"], ["val", "x"]], id="no boundary: a constant"),
    pytest.param("nothing", ["not", ["val", "hing"]], id="NOT needs no boundary"),
    pytest.param("environment", ["val", "ironment"], id="env without brackets vanishes"),
    pytest.param("type IN", ["in", ["var", "type"], None], id="IN without a list"),
    pytest.param("type IS", ["var", "type"], id="IS without a predicate"),
    pytest.param("type =~", ["match", ["var", "type"], None], id="no pattern"),
    pytest.param("tag IN (a,b,,)", ["in", ["var", "tag"], [["val", "a"], ["val", "b"]]], id="commas at the end"),
    pytest.param("tag =~ ^v/", ["match", ["var", "tag"], ["reg", "^v"]], id="slash at the end is dropped"),
    pytest.param("(tag =~ ^(v))", None, id="brackets at the end of a bare pattern are too"),
    pytest.param("tag =~ /a\\/b c/", ["match", ["var", "tag"], ["reg", "a\\/b c"]], id="escaped slash"),
    pytest.param("tag =~ /a b", ["match", ["var", "tag"], ["reg", "a b"]], id="open pattern"),
    pytest.param("tag =~ env(P)", ["match", ["var", "tag"], ["reg", ["call", "env", [["val", "P"]]]]], id="call"),
    pytest.param("a AND b AND c", ["and", ["and", ["val", "a"], ["val", "b"]], ["val", "c"]], id="from the left"),
    pytest.param("a OR b AND c", ["or", ["val", "a"], ["and", ["val", "b"], ["val", "c"]]], id="AND binds tighter"),
    pytest.param("a AND \\\n  b", ["and", ["val", "a"], ["val", "b"]], id="continued line"),
    pytest.param("a\nAND b", ["and", ["val", "a"], ["val", "b"]], id="line ends are blanks"),
    pytest.param("env() IS NOT BLANK", ["is_not", ["call", "env", []], "blank"], id="case of predicates"),
]

V0 = [
    pytest.param("branch = master", ["eq", "branch", "master"], id="comparison"),
    pytest.param(" branch = master", ["not", ["eq", "branch", "master"]], id="a blank negates"),
    pytest.param("branch==x", ["eq", "branch", "=x"], id="== is a text that starts with ="),
    pytest.param('tag = ""', ["eq", "tag", "[]"], id="empty text"),
    pytest.param("tag =~ //", ["match", "tag", "[]"], id="empty pattern"),
    pytest.param("tag =~", ["eq", "tag", "~"], id="no pattern: a comparison"),
    pytest.param("ENV(A) IN (a, b)", ["in", ["env", "A"], ["a", "b"]], id="upper case, list"),
    pytest.param(
        "tag = a OR tag = b OR tag = c",
        ["or", ["eq", "tag", "a"], ["or", ["eq", "tag", "b"], ["eq", "tag", "c"]]],
        id="from the right",
    ),
    pytest.param("NOT (tag IS present)", ["not", ["is", "tag", "present"]], id="negation"),
    pytest.param("branch = master\n", None, id="line end at the end"),
    pytest.param("(tag =~ ^v)", None, id="pattern takes the bracket"),
    pytest.param("os = linux", None, id="unknown attribute"),
    pytest.param("NOT(tag = a)", None, id="NOT needs a blank"),
    pytest.param("tag Is present", None, id="mixed case"),
]


@pytest.mark.parametrize(("text", "sexp"), V1)
def test_v1(text: str, sexp: Any) -> None:
    assert _sexp(text, "v1") == sexp


@pytest.mark.parametrize(("text", "sexp"), V0)
def test_v0(text: str, sexp: Any) -> None:
    assert _sexp(text, "v0") == sexp


def test_offsets() -> None:
    assert parse("a=b AND \\\n env(X) =~ /y/ && tag IN ( 'q' )") == And(
        (
            Compare("eq", Value("a", False, 0, 1), Value("b", False, 2, 3), 0, 3),
            Match(
                "match",
                Call("env", (Value("X", False, 15, 16),), 11, 17),
                Regex("y", 21, 24),
                11,
                24,
            ),
            In("in", Var("tag", 28, 31), (Value("q", True, 37, 40),), 28, 42),
        ),
        0,
        42,
    )


@pytest.mark.parametrize("version", ["v0", "v1"])
@pytest.mark.parametrize("part", ["(", "NOT ", "!", "concat(", "tag = a AND ", "tag = a OR ", "tag IN (a,", '"'])
def test_long_conditions_end(part: str, version: str) -> None:
    text = part * 3000 + "tag = a"
    error = check(text, version)
    assert error is None or 0 <= error.start <= error.end <= len(text)


_PARTS = st.sampled_from(
    [
        "branch",
        "tag",
        "type",
        "env",
        "(",
        ")",
        "(",
        ")",
        ",",
        "=",
        "==",
        "!=",
        "=~",
        "!~",
        "IN",
        "NOT",
        "IS",
        "present",
        "blank",
        "true",
        "AND",
        "OR",
        "&&",
        "||",
        "!",
        '"',
        "'",
        "/",
        "$",
        "$X",
        "^v.*",
        "[",
        "\\",
        "\\\n",
        "a",
    ]
)


@given(st.lists(st.tuples(_PARTS, st.sampled_from(["", " ", "\n"])), max_size=14), st.sampled_from(["v0", "v1"]))
def test_raises_nothing_else_and_offsets_are_inside(parts: list[tuple[str, str]], version: str) -> None:
    text = "".join(part + blank for part, blank in parts)
    error = check(text, version)
    if error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message
    try:
        tree = parse(text, version)
    except ConditionError:
        return
    for start, end in _spans(tree):
        assert 0 <= start <= end <= len(text)


@given(st.text(max_size=20), st.sampled_from(["v0", "v1"]))
def test_any_text(text: str, version: str) -> None:
    error = check(text, version)
    assert error is None or 0 <= error.start <= error.end <= len(text)


def _sexp(text: str, version: str) -> Any:
    try:
        return to_sexp(parse(text, version), version)
    except ConditionError:
        return None


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    if isinstance(node, tuple):
        if "start" in getattr(node, "_fields", ()):
            yield node[-2], node[-1]
        for part in node:
            yield from _spans(part)
