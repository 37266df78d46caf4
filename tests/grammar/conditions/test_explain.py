"""What we tell about conditions that cannot be read: message, place, correction."""

import pytest

from travistool.grammar.conditions import check, parse
from travistool.grammar.conditions.explain import _MAX_LENGTH

V1 = [
    (
        "$TRAVIS_BRANCH = a",
        "'$TRAVIS_BRANCH' is shell code, which does not work in conditions; use branch",
        "branch = a",
    ),
    ("branch = ${X}", "'${X}' is shell code, which does not work in conditions; use env(X)", "branch = env(X)"),
    (
        "[[ $TRAVIS_PULL_REQUEST == false && -n $X ]]",
        "conditions are not shell code, tests in brackets and $ do not work",
        "type != pull_request && env(X) IS present",
    ),
    (
        "branch IS master",
        "IS takes present, blank, true or false, not master; use = and != to compare",
        "branch = master",
    ),
    (
        "tag IS NOT presnt",
        "IS takes present, blank, true or false, not presnt; use = and != to compare",
        "tag IS NOT present",
    ),
    ("tag NOT present", "IS is missing before 'NOT present'", "tag IS NOT present"),
    ("type NOT cron AND fork", "NOT cannot compare, use != before cron", "type != cron AND fork"),
    ("type NOT (a, b)", "NOT before a list should be NOT IN", "type NOT IN (a, b)"),
    ("type IN push", "IN needs a list in parentheses, such as IN (push)", "type IN (push)"),
    (
        "type = (api OR push)",
        "parentheses after = are not allowed, use IN to compare with several values",
        "type IN (api, push)",
    ),
    ("tag !=~ ^v", "'!=~' should be !~", "tag !~ ^v"),
    ('sender =~ "a b"', "a pattern goes between slashes, not quotes", "sender =~ /a b/"),
    ("tag =~ ^(a|b)", "a pattern that ends with a parenthesis needs slashes around it", "tag =~ /^(a|b)/"),
    ("tag =~ a b OR fork", "a pattern with spaces needs slashes around it", "tag =~ /a b/ OR fork"),
    ("(sender != A B) OR fork", "text with spaces needs quotes around it", '(sender != "A B") OR fork'),
    ("tag = ^(a|b)$", "= compares text, use =~ and slashes for a pattern", "tag =~ /^(a|b)$/"),
    ("type = push branch = a", "AND or OR is missing between two conditions", "type = push AND branch = a"),
    ("branch matches ^a", "'matches' is not an operator, use =~ to match a pattern", "branch =~ ^a"),
    ("branch equals main", "'equals' is not an operator, use = to compare", "branch = main"),
    ("tag exists", "IS is missing before 'exists'", "tag IS present"),
    ("branch IN main, dev", "IN needs a list in parentheses, such as IN (main, dev)", "branch IN (main, dev)"),
    ("type push", "an operator is missing between type and push", "type = push"),
    (
        "type IN (a b)",
        "commas are missing between the values of the list, or quotes around a value with spaces",
        "type IN (a, b)",
    ),
    ("env.global(X) = 1", "env takes only a name, as in env(NAME)", "env(X) = 1"),
    ("(tag = a", "a closing parenthesis is missing at the end", "(tag = a)"),
    ("(tag = a))", "unmatched closing parenthesis", "(tag = a)"),
    ('tag = "a', 'a closing " is missing', 'tag = "a"'),
    ("tag = a AND", "a condition is missing after the last AND or OR", "tag = a"),
    ("AND tag = a", "AND and OR go between two conditions, not at the start", "tag = a"),
    ("= foo", "an attribute or a value is missing before '='", ""),
    (
        "type = tag IS blank",
        "unexpected 'IS', AND or OR may be missing before it, or quotes around the text",
        "",
    ),
]

V0 = [
    ("tag == a", "v0 conditions have no '==', use =", "tag = a"),
    ("tag = a && fork = b\n", "v0 conditions cannot start or end with a space", "tag = a AND fork = b"),
    ("tag IS NOT present", "v0 conditions have no 'IS NOT', use IS blank", "tag IS blank"),
    ("tag NOT IN (a)", "v0 conditions have no 'NOT IN', put NOT first", "NOT tag IN (a)"),
    ("(tag =~ ^v)", "a pattern before a parenthesis needs slashes around it", "(tag =~ /^v/)"),
    ("os = linux", "an attribute is missing before 'os'", ""),
]


@pytest.mark.parametrize(("text", "message", "suggestion"), V1)
def test_v1(text: str, message: str, suggestion: str) -> None:
    error = check(text)
    assert error
    assert (error.message, error.suggestion) == (message, suggestion)


@pytest.mark.parametrize(("text", "message", "suggestion"), V0)
def test_v0(text: str, message: str, suggestion: str) -> None:
    error = check(text, "v0")
    assert error
    assert (error.message, error.suggestion) == (message, suggestion)


@pytest.mark.parametrize(("text", "part"), [("branch IS master", "master"), ("a AND $X = 1", "$X"), ("(tag = a", "")])
def test_place(text: str, part: str) -> None:
    error = check(text)
    assert error
    assert text[error.start : error.end] == part


@pytest.mark.parametrize(("text", "_message", "suggestion"), [row for row in V1 if row[2]])
def test_suggestions_can_be_read(text: str, _message: str, suggestion: str) -> None:
    assert text != suggestion
    parse(suggestion)


def test_long_conditions_get_no_suggestion() -> None:
    error = check("type IS push" + " OR tag = a" * _MAX_LENGTH)
    assert error
    assert (error.message, error.suggestion) == (
        "unexpected 'push', AND or OR may be missing before it, or quotes around the text",
        "",
    )
