"""`travistool audit`: many repositories at once, so that a company can plan the migration of all of them."""

from __future__ import annotations

import os

from travistool.audit.formats import FORMATS
from travistool.audit.row import Terms
from travistool.cli.event_options import IMPORT_ROOT
from travistool.cli.fleet import fleet
from travistool.cli.imports import import_roots
from travistool.cli.migrate import find_targets
from travistool.cli.option import (
    AS_TRAVIS,
    COLOR,
    OUTPUT,
    Options,
    arguments,
    completing,
    formats,
    number,
    switch,
    text,
    texts,
)
from travistool.cli.options import AS_OF, PROFILE_NAMES, is_day
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


class AuditOptions(Options):
    """The options of the command line."""

    folders: tuple[str, ...] = arguments(
        "Folders to search for repositories; without any and without --list, this one.", "[DIR]..."
    )
    lists: tuple[str, ...] = texts(
        "--list", help="A file that names folders or configs, one a line; - for standard input.", metavar="FILE"
    )
    to: tuple[str, ...] = texts(
        "--to",
        help="Look at this target only; repeatable.  [default: all]",
        metavar="TARGET",
        complete=completing(tuple(one.name for one in TARGETS)),
    )
    format: str = formats(FORMATS)
    output: str = OUTPUT
    jobs: int = number("--jobs", "-j", help="Processes; 0: as many as cores.", metavar="N")
    state: str = text("--state", help="Keep what is found in this file, and go on from what is in it.", metavar="FILE")
    resume: str = text("--resume", help="The same, for a file that must be there.", metavar="FILE")
    verify: bool = switch("--verify", help="Compare what both systems would run, for seven events.")
    as_travis: bool = AS_TRAVIS
    profile: str = text(
        "--profile", "-p", help="How to lint.", metavar="PROFILE", default="default", choices=PROFILE_NAMES
    )
    as_of: str = AS_OF
    import_root: tuple[str, ...] = IMPORT_ROOT
    no_progress: bool = switch("--no-progress", "--quiet", "-q", help="Do not show how far it is.")
    color: str = COLOR


def audit(options: AuditOptions) -> int:
    """Lint, plan and migrate many repositories at once, and say what comes of it: how many, how far, what is left.

    Nothing is written but the report and the state, nothing is run, and the network is not used.
    """
    # Imported late: rich and the processes cost other commands a third of their start.
    from travistool.cli.auditing import Wanted, run  # noqa: PLC0415

    if options.state and options.resume:
        raise UsageError("--state and --resume do not go together", "both go on from what is in the file")
    if options.as_of and not is_day(options.as_of):
        raise UsageError(f"--as-of takes a day such as 2026-01-31, not '{options.as_of}'")
    import_roots(options.import_root)
    names = tuple([one.name for one in (find_targets(options.to) if options.to else TARGETS)])
    paths = fleet(options.folders or (() if options.lists else (".",)), options.lists)
    wanted = Wanted(
        terms=Terms(names, options.profile, options.as_of, options.as_travis, options.verify),
        format=options.format,
        output=options.output,
        state=_state(options.state, options.resume),
        processes=options.jobs,
        progress="none" if options.no_progress else "auto",
        import_roots=options.import_root,
        style=style_for(options.color, to_file=bool(options.output)),
    )
    return run(paths, wanted)


def _state(state: str, resume: str) -> str:
    if resume and not os.path.isfile(resume):
        raise FileError(f"there is no state '{resume}'", "begin with --state FILE")
    return state or resume
