"""`travistool lint` with the full command line: help, completion, and what a quick look at the call does not take."""

import inspect
from typing import Annotated, Any

import typer

from travistool.cli.options import LINT, LintOptions, Option, is_number
from travistool.errors import UsageError

EXAMPLES = """\b
Examples:
  travistool lint                                the .travis.yml here
  travistool lint services/ app/.travis.yml      folders are searched
  git show HEAD:.travis.yml | travistool lint -  standard input
  travistool lint --format sarif -o travis.sarif
  travistool lint --profile service              exactly what Travis says
  travistool lint --fix                          apply the safe fixes; --diff only shows them

Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage.
"""


def lint(**values: Any) -> int:
    """Check configs: what Travis would say, with exact places."""
    # Imported late: help and completion do without.
    from travistool.cli.lint import run  # noqa: PLC0415

    paths = tuple(values.pop("paths") or ())
    for option in LINT:
        if option.repeats:
            values[option.name] = ",".join(values[option.name] or ())
    return run(LintOptions(paths, **values))


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


lint.__signature__ = inspect.Signature(_parameters(), return_annotation=int)  # type: ignore[attr-defined]
lint.__annotations__ = {parameter.name: parameter.annotation for parameter in _parameters()}
