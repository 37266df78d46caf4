"""Which rules are on: the most specific selector decides, then the later layer, then `ignore`."""

import pytest

from travistool.diagnostics import Severity
from travistool.errors import UsageError
from travistool.lint.catalog import GROUPS, all_rules, names
from travistool.lint.engine import lint
from travistool.lint.selection import Choice, Layer, selectors
from travistool.pipeline import read
from travistool.source import Source

# Four findings, and two that the default profile leaves out.
TEXT = "language: c\ndist: noble\nsudo: false\nservices: postgres\nfoo: 1\nscript: *a\n"
BROKEN = "language: [\n"


def rules(text: str, *layers: Layer, profile: str = "default") -> list[str]:
    found = lint(read(Source("test.yml", text)), profile, choice=Choice(layers))
    return sorted({one.rule for one in found})


USUAL = ["alias-value", "deprecated-key", "unknown-alias", "unknown-key"]


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        pytest.param([], USUAL, id="the profile's"),
        pytest.param(
            [Layer(ignore=("deprecated-key",))], ["alias-value", "unknown-alias", "unknown-key"], id="not one"
        ),
        pytest.param([Layer(ignore=("schema",))], ["unknown-alias"], id="not a group"),
        pytest.param([Layer(ignore=("ALL",))], [], id="nothing"),
        pytest.param([Layer(select=("syntax",))], ["unknown-alias"], id="a group"),
        pytest.param([Layer(select=("default",))], ["default"], id="one that is off in the profile"),
        pytest.param([Layer(select=("ALL",))], sorted([*USUAL, "default"]), id="all"),
        pytest.param([Layer(select=())], [], id="an empty list"),
        pytest.param([Layer(extend=("default",))], sorted([*USUAL, "default"]), id="one more"),
        pytest.param(
            [Layer(select=("schema",), ignore=("deprecated-key", "default"))], ["alias-value", "unknown-key"], id="but"
        ),
        pytest.param(
            [Layer(select=("deprecated-key",), ignore=("schema",))], ["deprecated-key"], id="a rule beats a group"
        ),
        pytest.param([Layer(select=("schema",), ignore=("schema",))], [], id="ignore wins where both are equal"),
        pytest.param(
            [Layer(ignore=("deprecated-key",)), Layer(select=("deprecated-key",))], ["deprecated-key"], id="later wins"
        ),
        pytest.param(
            [Layer(ignore=("deprecated-key",)), Layer(select=("schema",))],
            ["alias-value", "default", "unknown-key"],
            id="a later group does not bring back an ignored rule",
        ),
        pytest.param(
            [Layer(select=("alias-value",), extend=("default",)), Layer(select=("deprecated-key",))],
            ["deprecated-key"],
            id="a later select replaces what was selected",
        ),
        pytest.param(
            [Layer(select=("alias-value",)), Layer(extend=("deprecated-key",))],
            ["alias-value", "deprecated-key"],
            id="a later one adds",
        ),
    ],
)
def test_selected(layers: list[Layer], found: list[str]) -> None:
    assert rules(TEXT, *layers) == found


def test_select_works_within_the_service_profile() -> None:
    assert rules(TEXT, Layer(select=("unknown-alias", "default")), profile="service") == ["default", "unknown-alias"]


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        pytest.param([Layer(select=("deprecated-key",))], ["yaml-syntax"], id="not selected"),
        pytest.param([Layer(ignore=("yaml-syntax",))], [], id="ignored"),
    ],
)
def test_what_keeps_a_text_from_being_read_is_said_unless_ignored(layers: list[Layer], found: list[str]) -> None:
    assert rules(BROKEN, *layers) == found


def test_severities() -> None:
    choice = Choice((Layer(extend=("default",)),), (("deprecated-key", Severity.ERROR), ("default", Severity.WARNING)))
    found = lint(read(Source("test.yml", "language: c\nos: linux\nsudo: false\n")), choice=choice)
    assert [(one.rule, one.severity) for one in found] == [
        ("default", Severity.WARNING),
        ("deprecated-key", Severity.ERROR),
    ]


def test_a_severity_turns_nothing_on() -> None:
    choice = Choice((), (("default", Severity.ERROR),))
    assert lint(read(Source("test.yml", "language: c\n")), choice=choice) == ()


def test_selectors() -> None:
    assert selectors(("ALL", "schema", "unknown-key", "unknown_key"), "x") == (
        "ALL",
        "schema",
        "unknown-key",
        "unknown-key",
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("unknown-kay", "did you mean 'unknown-key'?", id="rule"),
        pytest.param("sintax", "did you mean 'syntax'?", id="group"),
        pytest.param("all", "did you mean 'ALL'?", id="small letters"),
        pytest.param("", "travistool explain, without a name, lists all rules", id="nothing"),
    ],
)
def test_unknown_selectors(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        selectors((text,), "--select")
    assert (raised.value.message, raised.value.hint) == (f"--select: there is no rule or group '{text}'", hint)


def test_names_and_groups_are_those_of_the_catalog() -> None:
    assert names() == {row.name: row.group for row in all_rules()}
    assert {row.group for row in all_rules()} <= set(GROUPS)
    assert not set(GROUPS) & set(names())
