"""Asking conditions, what the official validator has against them, and which jobs they let pass."""

from typing import Any

import pytest

from travistool.grammar.conditions import ConditionError, check, parse
from travistool.grammar.conditions.accept import accepts, merge
from travistool.grammar.conditions.data import Data, DataError, to_text
from travistool.grammar.conditions.errors import CRASH, REGEX, SHELL, SYNTAX, UntranslatableRegexError
from travistool.grammar.conditions.evaluate import evaluate

DATA: dict[str, Any] = {
    "branch": "master",
    "fork": True,
    "tag": None,
    "os": ["linux", "osx"],
    "env": ["A=a B='b c'", {"ON": True, "ONE": 1, "Q": '"x"'}],
}

RESULTS = [
    pytest.param("branch = master", True, id="text"),
    pytest.param("fork = TRUE", True, id="texts are cast"),
    pytest.param("fork = 1", False, id="true is not 1"),
    pytest.param("env(ONE) = true", False, id="1 is not true"),
    pytest.param("tag = ''", False, id="missing is not empty"),
    pytest.param("tag IS blank AND head_branch IS blank", True, id="missing is blank"),
    pytest.param("env(X) = env(Y)", True, id="missing equals missing"),
    pytest.param('""', True, id="empty text is true"),
    pytest.param("env(B) = 'b c'", True, id="quotes in text are dropped"),
    pytest.param("env(Q) = x", True, id="quotes in a map are dropped"),
    pytest.param("tag =~ .*", False, id="missing does not match"),
    pytest.param("tag !~ .*", True, id="missing does not match, negated"),
    pytest.param("branch =~", False, id="no pattern"),
    pytest.param("branch =~ env(X)", False, id="missing pattern"),
    pytest.param("fork =~ ^true$", True, id="boolean as text"),
    pytest.param('os =~ /^\\["linux"/', True, id="list as text"),
    pytest.param("branch IN (dev, master)", True, id="list"),
    pytest.param("fork IS true AND branch IS true", True, id="anything present is true"),
    pytest.param("concat(TRUE, -, branch) = true-master", True, id="concat casts first"),
    pytest.param("true OR tag =~ *", True, id="what is not needed is not evaluated"),
    pytest.param("tag =~ *", REGEX, id="pattern refused"),
    pytest.param("tag =~ true", CRASH, id="pattern is a boolean"),
    pytest.param("type IN", CRASH, id="no list"),
    pytest.param("env(a, b)", CRASH, id="two names"),
    pytest.param("env(env(ON))", CRASH, id="name is a boolean"),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_v1(text: str, expected: bool | str) -> None:
    assert _evaluate(text, "v1") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("branch = master AND NOT tag IS present", True, id="plain"),
        pytest.param("fork = true", False, id="no cast"),
        pytest.param("fork IS present", False, id="booleans are blank"),
        pytest.param("branch IN (a, master)", True, id="list"),
        pytest.param("env(A) != a", False, id="variable"),
        pytest.param("tag =~ .*", False, id="missing does not match"),
        pytest.param("branch =~ ^ma AND branch !~ x", True, id="pattern"),
        pytest.param("fork =~ x", CRASH, id="boolean has no search"),
        pytest.param("branch =~ *", CRASH, id="refused patterns are not expected"),
    ],
)
def test_v0(text: str, expected: bool | str) -> None:
    assert _evaluate(text, "v0") == expected


@pytest.mark.parametrize(
    ("text", "version", "kind"),
    [
        pytest.param("branch = a", "v1", None, id="fine"),
        pytest.param("false AND tag =~ *", "v1", None, id="bad pattern out of reach"),
        pytest.param("foo !~ /[z-a]/", "v1", REGEX, id="bad pattern"),
        pytest.param("tag =~ \\g<0>", "v1", None, id="pattern that we cannot evaluate"),
        pytest.param("= foo", "v1", SYNTAX, id="syntax"),
        pytest.param("$X = foo", "v1", SHELL, id="shell"),
        pytest.param("true", "v0", SYNTAX, id="v0 has no constants"),
        pytest.param("branch =~ *", "v0", CRASH, id="v0 lets pattern errors pass"),
    ],
)
def test_check(text: str, version: str, kind: str | None) -> None:
    error = check(text, version)
    assert (error and error.kind) == kind


@pytest.mark.parametrize(
    ("condition", "config", "data", "expected"),
    [
        pytest.param(None, {}, {}, True, id="none"),
        pytest.param(["x"], {}, {}, True, id="list"),
        pytest.param(False, {}, {}, False, id="boolean"),
        pytest.param("= x", {}, {}, False, id="does not parse"),
        pytest.param("tag =~ *", {}, {}, False, id="cannot be evaluated"),
        pytest.param("os = linux", {"os": "linux"}, {"os": "osx"}, True, id="config wins"),
        pytest.param("env(A) = 2", {"env": [{"A": "2"}]}, {"env": [{"A": "1"}]}, True, id="env of the config wins"),
        pytest.param("env(A) = env(B)", {"env": {"global": {"A": "1"}, "jobs": [{"B": "1"}]}}, {}, True, id="rows"),
        pytest.param("env(A) = 1", {"env": "A=1"}, {}, True, id="text"),
        pytest.param("env(A)", {"env": {"A": "1"}}, {}, False, id="map without rows is lost"),
    ],
)
def test_accepts(condition: Any, config: dict[str, Any], data: dict[str, Any], expected: bool) -> None:
    assert accepts(condition, config, data) is expected


def test_merge_joins_lists_without_repeats() -> None:
    assert merge({"a": [1, {"b": 1}], "c": {"d": 1}}, {"a": [True, {"b": 1}], "c": {"e": 2}}) == {
        "a": [1, {"b": 1}, True],
        "c": {"d": 1, "e": 2},
    }


def test_untranslatable_pattern_is_never_a_result() -> None:
    with pytest.raises(UntranslatableRegexError):
        accepts("branch =~ /\\X/", {}, {"branch": "x"})


def test_text_for_env_fails_when_asked() -> None:
    data = Data({"env": "A=1"})
    with pytest.raises(DataError):
        data.env("A")


def test_v0_needs_pairs() -> None:
    with pytest.raises(DataError) as caught:
        Data({"env": ["A"]}, "v0")
    assert caught.value.is_expected


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (1, "1"), (["a", None, 1], '["a", nil, 1]'), ({"a b": 'x"'}, '{:"a b"=>"x\\""}')],
)
def test_texts_are_those_of_ruby(value: Any, text: str) -> None:
    assert to_text(value) == text


def _evaluate(text: str, version: str) -> bool | str:
    env = {"A": "a"} if version == "v0" else DATA["env"]
    try:
        return evaluate(parse(text, version), Data({**DATA, "env": env}, version), version)
    except ConditionError as error:
        return error.kind


_WORDS = ("branch", "x", "'a b'", "env(A)", "env(A, B)", "concat(a, env(b))", "env()", "env(env(X))")
_TERMS = ("{0}", "{0} = {1}", "{0} IS present", "{0} IN (a, {1})", "{0} IN", "{0} =~ ^a", "{0} =~ (", "{0} IS")


@pytest.mark.parametrize("joined", ["{}", "NOT ({})", "{} AND x = y", "a = b OR {}"])
@pytest.mark.parametrize("term", _TERMS)
def test_what_is_not_asked_would_not_fail(term: str, joined: str) -> None:
    for left in _WORDS:
        for right in _WORDS:
            text = joined.format(term.format(left, right))
            try:
                evaluate(parse(text), Data({}))
            except ConditionError as error:
                kind = error.kind
                found = check(text)
                assert found is not None, text
                assert found.kind == kind
            else:
                assert check(text) is None
