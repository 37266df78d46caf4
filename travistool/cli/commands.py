"""The commands. A module is loaded when a call names its command; the full command line when a plain look at it fails."""

from __future__ import annotations

import sys
from importlib import import_module

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from travistool.cli.option import Options


class Command(Record):
    """A command: a function in the module of its name, which gets `options` and returns the exit code.

    Its docstring is the help; EXAMPLES of its module stand below. `summary` is its line in the list of commands, "" is
    the first line of the help. `function` is the command's name if "".
    """

    name: str
    summary: str = ""
    function: str = ""

    def load(self) -> Callable[[Any], int]:
        """Return the function."""
        found: Callable[[Any], int] = getattr(import_module(f"travistool.cli.{self.name}"), self.function or self.name)
        return found


COMMANDS = (
    Command("lint", function="run"),
    Command("normalize", "Print a config as Travis reads it, defaults and repairs included."),
    Command("expand"),
    Command("simulate", "Run the build on this machine, stage by stage, as Travis would."),
    Command("compile", "Print one job as the bash script that runs it."),
    Command("encrypt", "Encrypt a value for Travis, and add it to the config."),
    Command("migrate", "Write the same build for another CI system."),
    Command("audit", "Plan the migration of many repositories."),
    Command("cache", "List or clear what simulate keeps between runs."),
    Command("explain", "Say what a rule means and how to get it right."),
    Command("schema", "Print the JSON Schema of .travis.yml for editors."),
)


def options_of(run: Callable[[Any], int]) -> type[Options]:
    """Return the class of the values that a command gets: what its parameter is annotated with."""
    said = run.__annotations__["options"]
    found: type[Options] = getattr(sys.modules[run.__module__], said) if isinstance(said, str) else said
    return found
