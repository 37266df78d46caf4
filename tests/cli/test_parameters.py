"""Commands on plans have the same options for the event, and get them as one checked value."""

import inspect
from collections.abc import Callable

import pytest

from travistool.cli.compile import compile as compile_command
from travistool.cli.event import Asked, EventOptions
from travistool.cli.expand import expand
from travistool.cli.parameters import EVENT, on_event
from travistool.cli.simulate import simulate
from travistool.errors import UsageError

NAMES = [name for name, _ in EVENT]


def test_there_is_an_option_for_each_field() -> None:
    assert [*EventOptions._fields, "import_root"] == NAMES


@pytest.mark.parametrize("command", [expand, compile_command, simulate], ids=["expand", "compile", "simulate"])
def test_commands_on_plans_have_them_all(command: Callable[..., int]) -> None:
    names = list(inspect.signature(command).parameters)
    assert "asked" not in names
    start = names.index("event")
    assert names[start : start + len(NAMES)] == NAMES


def call(**values: object) -> list[tuple[object, Asked]]:
    """Return what a command with these options gets."""
    seen = []

    @on_event
    def command(file: str, asked: Asked = Asked()) -> int:
        seen.append((file, asked))
        return 0

    assert command(**({"file": "a.yml"} | dict.fromkeys(NAMES) | {"fork": False} | values)) == 0
    return list(seen)


def test_a_command_gets_one_value() -> None:
    wanted = EventOptions(event="tag", tag="v1", settings_env=("A=1", "B=2"))
    given = {"event": "tag", "tag": "v1", "settings_env": ["A=1", "B=2"], "import_root": ["a/b=c"]}
    assert call(**given) == [("a.yml", Asked(wanted, ("a/b=c",)))]
    assert call() == [("a.yml", Asked())]


def test_a_command_is_not_called_with_an_event_that_makes_no_sense() -> None:
    with pytest.raises(UsageError, match="--head-branch goes with --event pull_request only"):
        call(head_branch="dev")
