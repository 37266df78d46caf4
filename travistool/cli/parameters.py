"""Options that commands on plans share: the event, where imports are, colors."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeAlias

import typer

from travistool.cli.event import EVENTS, Asked, EventOptions, check


def complete(values: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return what completes one of some values."""
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


Color: TypeAlias = Annotated[
    str, typer.Option("--color", help="When to use colors: auto, always, never.", metavar="WHEN")
]

ImportRoot: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--import-root", help="The folder with another repository's files; repeatable.", metavar="OWNER/REPO=DIR"
    ),
]


def _text(flag: str, help_: str, metavar: str, **more: Any) -> Any:
    return Annotated[str | None, typer.Option(flag, help=help_, metavar=metavar, **more)]


def _texts(flag: str, help_: str, metavar: str) -> Any:
    return Annotated[list[str] | None, typer.Option(flag, help=help_, metavar=metavar)]


_STARTS = f"What starts the build: {', '.join(EVENTS)}.  [default: push]"

EVENT: tuple[tuple[str, Any], ...] = (
    ("event", _text("--event", _STARTS, "EVENT", autocompletion=complete(EVENTS), rich_help_panel="The event")),
    ("branch", _text("--branch", "The branch that is pushed, or the target of a pull request.", "NAME")),
    ("tag", _text("--tag", "The tag that is pushed.", "NAME")),
    ("head_branch", _text("--head-branch", "The branch a pull request comes from.", "NAME")),
    (
        "head_repo",
        _text("--head-repo", "The repository a pull request comes from: another one is a fork.", "OWNER/NAME"),
    ),
    ("fork", Annotated[bool, typer.Option("--fork", help="This repository is itself a fork.", show_default=False)]),
    ("repo", _text("--repo", "The repository.", "OWNER/NAME")),
    ("sender", _text("--sender", "Who causes the event.", "LOGIN")),
    ("message", _text("--message", "The commit's message.", "TEXT")),
    ("default_branch", _text("--default-branch", "The repository's default branch.", "NAME")),
    ("data", _text("--data", "Attributes for conditions, over all others, as a JSON object.", "JSON")),
    ("settings_env", _texts("--settings-env", "A variable of the repository's settings; repeatable.", "NAME=VALUE")),
    ("import_root", ImportRoot),
)
"""The options of an event by the fields of EventOptions, and where imports are; in the order of the help."""


def on_event(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of an event, in place of its parameter `asked`, which gets them as one checked value."""

    @wraps(command)
    def called(**values: Any) -> int:
        given = {name: values.pop(name) for name, _ in EVENT}
        roots = tuple(given.pop("import_root") or ())
        options = EventOptions(**(given | {"settings_env": tuple(given["settings_env"] or ())}))
        check(options)
        return command(asked=Asked(options, roots), **values)

    shown: list[inspect.Parameter] = []
    for one in inspect.signature(command).parameters.values():
        shown += _event() if one.name == "asked" else [one.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
    # What the command line library looks at.
    called.__signature__ = inspect.Signature(shown, return_annotation=int)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in shown}
    return called


def _event() -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=False if name == "fork" else None, annotation=annotation
        )
        for name, annotation in EVENT
    ]
