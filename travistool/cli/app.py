"""The full command line: help, completion, complaints about calls that make no sense."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from travistool import __version__
from travistool.cli.commands import COMMANDS, Command
from travistool.cli.parameters import as_function
from travistool.errors import UsageError


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"travistool {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Lint, understand, run and migrate Travis CI configs."""


def app_of(commands: tuple[Command, ...]) -> typer.Typer:
    """Return the command line with some of the commands. Their modules are loaded for that."""
    app = typer.Typer(
        name="travistool",
        help="The toolkit for Travis CI configs.",
        epilog="Start with: travistool lint",
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_main)
    for one in commands:
        run = one.load()
        examples = getattr(sys.modules[run.__module__], "EXAMPLES", None)
        app.command(one.name, short_help=one.summary or None, epilog=examples)(as_function(run))
    return app


def needed(arguments: list[str]) -> tuple[Command, ...]:
    """Return the commands that a call may be about: the one that it names. Loading all takes a fifth of a second."""
    if arguments[:1] in (["--version"], ["-V"]):
        return ()
    named = tuple(one for one in COMMANDS if arguments[:1] == [one.name])
    return COMMANDS if not named or "_TRAVISTOOL_COMPLETE" in os.environ else named


def run_app(arguments: list[str]) -> int:
    """Run a command and return its exit code. Raises TravistoolError for what stops the tool."""
    app = app_of(needed(arguments))
    try:
        code = app(args=arguments or ["--help"], prog_name="travistool", standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        return 130
    except Exception as error:
        if hasattr(error, "format_message"):
            # A wrong call, as the command line library reports it.
            raise UsageError(_first_lower(error.format_message()), "see travistool --help") from error
        raise
    return code if isinstance(code, int) else 0


def _first_lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]
