"""`travistool audit`: many repositories at once, so that a company can plan the migration of all of them."""

import os
from typing import Annotated

import typer

from travistool.audit.formats import FORMATS
from travistool.audit.row import Terms
from travistool.cli import parameters
from travistool.cli.fleet import fleet
from travistool.cli.imports import import_roots
from travistool.cli.migrate import find_targets
from travistool.cli.options import PROFILE_NAMES, is_day
from travistool.cli.terminal import style_for
from travistool.errors import FileError, UsageError
from travistool.migrate.targets import TARGETS

EXAMPLES = """\b
Examples:
  travistool audit ~/checkouts                         all repositories below a folder, all targets
  travistool audit ~/checkouts --to github --to gitlab -f html -o audit.html
  travistool audit --list repos.txt -f csv -o audit.csv --state audit.state
  travistool audit --list repos.txt -f csv -o audit.csv --resume audit.state

Exit codes: 0 every config can be migrated, 1 some cannot, 2 wrong usage, 4 nothing found, 70 a bug: its row names it.
"""


def audit(
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders to search for repositories; without any and without --list, this one.",
            metavar="[DIR]...",
            show_default=False,
        ),
    ] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--list", help="A file that names folders or configs, one a line; - for standard input.", metavar="FILE"
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            help="Look at this target only; repeatable.  [default: all]",
            metavar="TARGET",
            autocompletion=parameters.complete(tuple(one.name for one in TARGETS)),
        ),
    ] = None,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format",
            "-f",
            help=f"One of: {', '.join(FORMATS)}.",
            metavar="FORMAT",
            autocompletion=parameters.complete(FORMATS),
        ),
    ] = "table",
    output: Annotated[
        str, typer.Option("--output", "-o", help="Write to a file instead.", metavar="FILE", show_default=False)
    ] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes; 0: as many as cores.", metavar="N", min=0)] = 0,
    state: Annotated[
        str,
        typer.Option(
            "--state",
            help="Keep what is found in this file, and go on from what is in it.",
            metavar="FILE",
            show_default=False,
        ),
    ] = "",
    resume: Annotated[
        str,
        typer.Option("--resume", help="The same, for a file that must be there.", metavar="FILE", show_default=False),
    ] = "",
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Compare what both systems would run, for seven events.", show_default=False),
    ] = False,
    as_travis: Annotated[
        bool,
        typer.Option(
            "--as-travis",
            help="With both 'matrix' and 'jobs' in a file: take the one that Travis takes.",
            show_default=False,
        ),
    ] = False,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            "-p",
            help=f"How to lint. One of: {', '.join(PROFILE_NAMES)}.",
            metavar="PROFILE",
            autocompletion=parameters.complete(PROFILE_NAMES),
        ),
    ] = "default",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            help="Judge dates as of this day, such as 2026-01-31; without it, today.",
            metavar="DATE",
            show_default=False,
        ),
    ] = "",
    import_root: parameters.ImportRoot = None,
    no_progress: Annotated[
        bool, typer.Option("--no-progress", "--quiet", "-q", help="Do not show how far it is.", show_default=False)
    ] = False,
    color: parameters.Color = "auto",
) -> int:
    """Lint, plan and migrate many repositories at once, and say what comes of it: how many, how far, what is left.

    Nothing is written but the report and the state, nothing is run, and the network is not used.
    """
    # Imported late: rich and the processes cost other commands a third of their start.
    from travistool.cli.auditing import Wanted, run  # noqa: PLC0415

    _check(format, profile, color, state, resume)
    if as_of and not is_day(as_of):
        raise UsageError(f"--as-of takes a day such as 2026-01-31, not '{as_of}'")
    import_roots(tuple(import_root or ()))
    names = tuple([one.name for one in (find_targets(to) if to else TARGETS)])
    paths = fleet(folders or ([] if lists else ["."]), lists or [])
    wanted = Wanted(
        terms=Terms(names, profile, as_of, as_travis, verify),
        format=format,
        output=output,
        state=_state(state, resume),
        processes=jobs,
        progress="none" if no_progress else "auto",
        import_roots=tuple(import_root or ()),
        style=style_for(color, to_file=bool(output)),
    )
    return run(paths, wanted)


def _check(format: str, profile: str, color: str, state: str, resume: str) -> None:  # noqa: A002
    for flag, value, known in (
        ("--format", format, FORMATS),
        ("--profile", profile, PROFILE_NAMES),
        ("--color", color, ("auto", "always", "never")),
    ):
        if value not in known:
            raise UsageError(f"{flag} takes one of {', '.join(known)}, not '{value}'")
    if state and resume:
        raise UsageError("--state and --resume do not go together", "both go on from what is in the file")


def _state(state: str, resume: str) -> str:
    if resume and not os.path.isfile(resume):
        raise FileError(f"there is no state '{resume}'", "begin with --state FILE")
    return state or resume
