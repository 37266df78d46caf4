"""Options as the full command line library wants them: as parameters of a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from travistool.cli.commands import options_of
from travistool.cli.option import Option, completing


def as_function(run: Callable[[Any], int]) -> Callable[..., int]:
    """Return a command as a function with a parameter for each of its options."""
    kind = options_of(run)
    options = tuple(kind.all())

    def called(**values: Any) -> int:
        return run(kind.of({option.name: option.taken(values[option.name]) for option in options}))

    shown = [_parameter(option) for option in options]
    called.__doc__ = run.__doc__
    # What the library looks at.
    called.__signature__ = inspect.Signature(shown, return_annotation=int)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in shown}
    return called


def _parameter(option: Option) -> inspect.Parameter:
    more: dict[str, Any] = {"help": _help(option), "autocompletion": _completer(option)}
    kind, default = _kind(option)
    shown = bool(option.flags) and default not in (None, False)
    about: Any
    if not option.flags:
        about = typer.Argument(metavar=option.metavar or None, show_default=False, **more)
    elif option.is_switch:
        about = typer.Option(*option.flags, show_default=shown, **more)
    else:
        about = typer.Option(*option.flags, metavar=option.metavar, show_default=shown, **more)
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, about]
    )


def _kind(option: Option) -> tuple[Any, Any]:
    """Return type and default of a parameter: None for what is not given, and has no default to show."""
    default = option.default
    if option.needed:
        return str, inspect.Parameter.empty
    if option.is_switch:
        return bool, default
    if isinstance(default, tuple):
        return list[str] | None, None
    if isinstance(default, int):
        return str | None, str(default) if default >= option.least else None
    return str | None, default or None


def _help(option: Option) -> str:
    return f"{option.help} One of: {', '.join(option.choices)}." if option.choices else option.help


def _completer(option: Option) -> Callable[[str], list[str]] | None:
    if option.complete is not None or not option.choices:
        return option.complete
    return completing(option.choices)
