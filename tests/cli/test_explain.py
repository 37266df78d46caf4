"""`travistool explain`: a rule's page, or the list of all."""

import pytest

from tests.cli.conftest import Call, Ran
from travistool.lint.catalog import all_rules
from travistool.lint.explain import explain


def test_every_rule(travistool: Call) -> None:
    names = [rule.name for rule in all_rules()]
    assert [name for name in names if travistool("explain", name) != Ran(0, explain(name, color=False), "")] == []


def test_official_code(travistool: Call) -> None:
    assert travistool("explain", "unknown_key") == travistool("explain", "unknown-key")


def test_a_group_lists_its_rules(travistool: Call) -> None:
    names = [line.split()[0] for line in travistool("explain", "shell").out.splitlines()]
    assert "bash-syntax" in names
    assert names == [row.name for row in all_rules() if row.group == "shell"]


def test_list(travistool: Call) -> None:
    ran = travistool("explain")
    assert (ran.code, ran.err) == (0, "")
    rows = [tuple(line.split(None, 1)) for line in ran.out.splitlines()]
    assert rows == [(rule.name, rule.summary) for rule in all_rules()]


def test_colors(travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert travistool("explain", "edge").out == explain("edge", color=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["unknown-kez"], "there is no rule 'unknown-kez'\n  did you mean 'unknown-key'?\n", id="typo"),
        pytest.param(
            ["zzzzzzzzzzzz"],
            "there is no rule 'zzzzzzzzzzzz'\n  travistool explain, without a name, lists all rules\n",
            id="no rule",
        ),
        pytest.param(["a", "b"], "got unexpected extra argument(s) (b)\n  see travistool --help\n", id="two names"),
    ],
)
def test_refused(arguments: list[str], said: str, travistool: Call) -> None:
    assert travistool("explain", *arguments) == Ran(2, "", f"travistool: error: {said}")
