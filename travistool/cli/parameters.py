"""Options that commands on plans share: the event, where imports are, colors."""

from collections.abc import Callable
from typing import Annotated, TypeAlias

import typer

from travistool.cli.event import EVENTS


def complete(values: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return what completes one of some values."""
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


Event: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--event",
        help=f"What starts the build: {', '.join(EVENTS)}.  [default: push]",
        metavar="EVENT",
        autocompletion=complete(EVENTS),
        rich_help_panel="The event",
    ),
]
Branch: TypeAlias = Annotated[
    str | None,
    typer.Option("--branch", help="The branch that is pushed, or the target of a pull request.", metavar="NAME"),
]
Tag: TypeAlias = Annotated[str | None, typer.Option("--tag", help="The tag that is pushed.", metavar="NAME")]
HeadBranch: TypeAlias = Annotated[
    str | None, typer.Option("--head-branch", help="The branch a pull request comes from.", metavar="NAME")
]
HeadRepo: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--head-repo", help="The repository a pull request comes from: another one is a fork.", metavar="OWNER/NAME"
    ),
]
Fork: TypeAlias = Annotated[bool, typer.Option("--fork", help="This repository is itself a fork.", show_default=False)]
Repo: TypeAlias = Annotated[str | None, typer.Option("--repo", help="The repository.", metavar="OWNER/NAME")]
Sender: TypeAlias = Annotated[str | None, typer.Option("--sender", help="Who causes the event.", metavar="LOGIN")]
Message: TypeAlias = Annotated[str | None, typer.Option("--message", help="The commit's message.", metavar="TEXT")]
DefaultBranch: TypeAlias = Annotated[
    str | None, typer.Option("--default-branch", help="The repository's default branch.", metavar="NAME")
]
Data: TypeAlias = Annotated[
    str | None,
    typer.Option("--data", help="Attributes for conditions, over all others, as a JSON object.", metavar="JSON"),
]
SettingsEnv: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--settings-env", help="A variable of the repository's settings; repeatable.", metavar="NAME=VALUE"),
]
ImportRoot: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--import-root", help="The folder with another repository's files; repeatable.", metavar="OWNER/REPO=DIR"
    ),
]
Color: TypeAlias = Annotated[
    str, typer.Option("--color", help="When to use colors: auto, always, never.", metavar="WHEN")
]
