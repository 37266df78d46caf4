"""Commands on plans have the same options for the event; what options take is what their readers know."""

from typing import get_args

import pytest

from travistool.cli.commands import COMMANDS, options_of
from travistool.cli.engines import NAMES, Deploy
from travistool.cli.event_options import Asked, EventOptions
from travistool.cli.exits import EXIT_CODES
from travistool.cli.planning import Planner
from travistool.cli.simulate_options import SimulateOptions
from travistool.errors import UsageError
from travistool.simulate.docker.options import Nested, Network, Pull

KINDS = {command.name: options_of(command.load()) for command in COMMANDS}
CHOICES = {option.name: option.choices for option in SimulateOptions.all()}


@pytest.mark.parametrize("command", ["expand", "compile", "simulate"])
def test_commands_on_plans_have_them_all(command: str) -> None:
    wanted = [option.name for option in Asked.all()]
    names = [option.name for option in KINDS[command].all()]
    start = names.index("event")
    assert names[start : start + len(wanted)] == wanted


def test_nothing_is_planned_for_an_event_that_makes_no_sense() -> None:
    with pytest.raises(UsageError, match="--head-branch goes with --event pull_request only"):
        Planner(EventOptions(head_branch="dev"))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        pytest.param("engine", NAMES, id="engine"),
        pytest.param("deploy", get_args(Deploy), id="deploy"),
        pytest.param("pull", get_args(Pull), id="pull"),
        pytest.param("network", get_args(Network), id="network"),
        pytest.param("docker", get_args(Nested), id="docker"),
        pytest.param("previous_state", tuple(EXIT_CODES), id="state"),
    ],
)
def test_options_take_what_there_is(name: str, known: tuple[str, ...]) -> None:
    assert sorted(CHOICES[name]) == sorted(known)
