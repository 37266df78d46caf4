"""Default commands as one job has them."""

from typing import Any

import pytest

from travistool.catalog.check import AllOf, Configured, File, Not
from travistool.catalog.project import Listing
from travistool.catalog.rule import Choice, Command, always, chosen, fails, quiet, settled, when
from travistool.catalog.settings import Settings

MAKE: Choice = (
    when(Configured("fast"), "make -j {jobs|2}"),
    when(AllOf((Not(Configured("fast")), File("Makefile"))), "make", retry=True, fold="make"),
    always("ant", message="no {tool|make}"),
)


def texts(choice: Choice) -> list[Any]:
    return [(rule.check, [command.text for command in rule.commands], rule.message) for rule in choice]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        pytest.param(
            {},
            [(File("Makefile"), ["make"], ""), (AllOf(()), ["ant"], "no make")],
            id="what-the-config-rules-out-is-gone",
        ),
        pytest.param(
            {"fast": True, "jobs": 4}, [(AllOf(()), ["make -j 4"], "")], id="nothing-after-what-the-config-decides"
        ),
    ],
)
def test_settled(config: dict[str, Any], expected: list[Any]) -> None:
    (choice,) = settled((MAKE,), Settings(config=config))
    assert texts(choice) == expected


def test_choices_that_are_empty_are_gone() -> None:
    default = ((when(Configured("x"), "a"),), (when(File("y")),), (fails("no"),))
    assert settled(default, Settings(config={})) == ((fails("no"),),)


def test_options_go_to_each_command() -> None:
    rule = when(File("x"), "a", quiet("b"), Command(text="c", fold="own"), retry=True, asserted=True, fold="f")
    assert rule.commands == (
        Command(text="a", retry=True, asserted=True, fold="f"),
        Command(text="b", echo=False, asserted=False),
        Command(text="c", fold="own"),
    )
    (choice,) = settled(((rule,),), Settings(config={}))
    assert choice == (rule,)


def test_each() -> None:
    rule = when(Configured("files"), "run {each} {level|1}", "then {each}", each="files")
    (choice,) = settled(((rule,),), Settings(config={"files": ["a", "b"], "level": 2}))
    assert [command.text for command in choice[0].commands] == ["run a 2", "then a", "run b 2", "then b"]
    assert choice[0].each == ""


def test_chosen() -> None:
    first = (when(File("x"), "a"), always("b"))
    default = (first, (when(File("z"), "c"),), (fails(check=File("y")),), (always("d"),))
    assert [rule.commands[0].text for rule in chosen(default, Listing(frozenset(("x",))))] == ["a", "d"]
    assert [rule.fails for rule in chosen(default, Listing(frozenset(("y", "z"))))] == [False, False, True]
