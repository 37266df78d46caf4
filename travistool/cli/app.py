"""The full command line: help, completion, and every command but a plain `lint`."""

import os
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from travistool import __version__
from travistool.cli.audit import EXAMPLES as AUDIT_EXAMPLES
from travistool.cli.audit import audit
from travistool.cli.cache import EXAMPLES as CACHE_EXAMPLES
from travistool.cli.cache import cache
from travistool.cli.compile import EXAMPLES as COMPILE_EXAMPLES
from travistool.cli.compile import compile as compile_command
from travistool.cli.encrypt import EXAMPLES as ENCRYPT_EXAMPLES
from travistool.cli.encrypt import encrypt
from travistool.cli.expand import expand
from travistool.cli.explain import explain
from travistool.cli.migrate import migrate
from travistool.cli.normalize import normalize
from travistool.cli.options import LINT, LintOptions, Option, is_number
from travistool.cli.schema import schema
from travistool.cli.simulate import EXAMPLES as SIMULATE_EXAMPLES
from travistool.cli.simulate import simulate
from travistool.errors import UsageError


class Command(NamedTuple):
    """A command: a function of its name in a module of `cli`, which may have EXAMPLES, too. `module` is the name if ``.

    `summary` is its line in the list of commands; `` is the first line of its help.
    """

    name: str
    summary: str = ""
    module: str = ""


COMMANDS = (
    Command("lint", module="lint_command"),
    Command("normalize", "Print a config as Travis reads it, defaults and repairs included."),
    Command("expand"),
    Command("simulate", "Run the build on this machine, stage by stage, as Travis would."),
    Command("compile", "Print one job as the bash script that runs it."),
    Command("encrypt", "Encrypt a value for Travis, and add it to the config."),
    Command("migrate", "Write the same build for another CI system."),
    Command("cache", "List or clear what simulate keeps between runs."),
    Command("explain", "Say what a rule means and how to get it right."),
    Command("schema", "Print the JSON Schema of .travis.yml for editors."),
)


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
        module = import_module(f"travistool.cli.{one.module or one.name}")
        examples = getattr(module, "EXAMPLES", None)
        app.command(one.name, short_help=one.summary or None, epilog=examples)(getattr(module, one.name))
    return app


def needed(arguments: list[str]) -> tuple[Command, ...]:
    """Return the commands that a call may be about: the one that it names. Loading all takes a fifth of a second."""
    if arguments[:1] in (["--version"], ["-V"]):
        return ()
    named = tuple(one for one in COMMANDS if arguments[:1] == [one.name])
    return COMMANDS if not named or "_TRAVISTOOL_COMPLETE" in os.environ else named
def _parameters() -> list[inspect.Parameter]:
    paths = Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders to search for .travis.yml, or - for standard input.", show_default=False),
    ]
    found = [inspect.Parameter("paths", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=paths)]
    found.extend(_parameter(option) for option in LINT)
    return found


def _parameter(option: Option) -> inspect.Parameter:
    if not option.metavar:
        switch = Annotated[bool, typer.Option(*option.flags, help=option.help, show_default=False)]
        return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=switch)
    text = option.help
    if option.choices:
        text = f"{text} One of: {', '.join(option.choices)}."
    kind: Any = list[str] if option.repeats else str
    value = Annotated[
        kind,
        typer.Option(
            *option.flags,
            help=text,
            metavar=option.metavar,
            show_default=bool(option.default),
            callback=None if option.repeats else _checker(option),
            autocompletion=_completer(option) if option.choices else None,
        ),
    ]
    default = [] if option.repeats else option.default
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=value)


def _completer(option: Option) -> Any:
    def complete(incomplete: str) -> list[str]:
        return [choice for choice in option.choices if choice.startswith(incomplete)]

    return complete


def _checker(option: Option) -> Any:
    def check(value: str) -> str:
        if option.choices and value not in (*option.choices, option.default):
            raise UsageError(f"{option.flags[0]} takes one of {', '.join(option.choices)}, not '{value}'")
        if option.name == "jobs" and not is_number(value):
            raise UsageError(f"{option.flags[0]} takes a number of processes, not '{value}'")
        return value

    return check


_lint.__signature__ = inspect.Signature(_parameters(), return_annotation=int)  # type: ignore[attr-defined]
_lint.__annotations__ = {parameter.name: parameter.annotation for parameter in _parameters()}
app.command("lint", help="Check configs: what Travis would say, with exact places.", epilog=LINT_EXAMPLES)(_lint)
app.command("normalize", short_help="Print a config as Travis reads it, defaults and repairs included.")(normalize)
app.command("expand", epilog=EXPAND_EXAMPLES)(expand)
app.command(
    "simulate", short_help="Run the build on this machine, stage by stage, as Travis would.", epilog=SIMULATE_EXAMPLES
)(simulate)
app.command("compile", short_help="Print one job as the bash script that runs it.", epilog=COMPILE_EXAMPLES)(
    compile_command
)
app.command("encrypt", short_help="Encrypt a value for Travis, and add it to the config.", epilog=ENCRYPT_EXAMPLES)(
    encrypt
)
app.command("migrate", short_help="Write the same build for another CI system.", epilog=MIGRATE_EXAMPLES)(migrate)
app.command("audit", short_help="Plan the migration of many repositories.", epilog=AUDIT_EXAMPLES)(audit)
app.command("cache", short_help="List or clear what simulate keeps between runs.", epilog=CACHE_EXAMPLES)(cache)
app.command("explain", short_help="Say what a rule means and how to get it right.")(explain)
app.command("schema", short_help="Print the JSON Schema of .travis.yml for editors.")(schema)


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
