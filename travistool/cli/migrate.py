"""`travistool migrate`: a config as another system's, checked to run the same, with a list of what people have to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import unified_diff
from typing import NamedTuple

from travistool.cli.event_options import EventOptions
from travistool.cli.files import find_one
from travistool.cli.option import AS_TRAVIS, Options, argument, completing, switch, text, texts
from travistool.cli.planning import Planner, Read, by_source, diagnostics
from travistool.cli.terminal import style_for, write, write_aside
from travistool.diagnostics import Findings, Severity
from travistool.errors import OutputError, UsageError
from travistool.grammar.similar import suggest
from travistool.migrate.functions import READS
from travistool.migrate.migrate import migrate_to, prepare
from travistool.migrate.outside import LEFT_OUT, Outside, outside
from travistool.migrate.question import question
from travistool.migrate.report import FORMATS, Reported, render, summary
from travistool.migrate.target import File, Migration, Target, together
from travistool.migrate.targets import TARGETS, target
from travistool.migrate.verify import Checked, sample_events, verify
from travistool.report.formats import output_format
from travistool.report.plan_view import PlanView

EXAMPLES = """\b
Examples:
  travistool migrate --to github                          print the workflow, and what is left to do
  travistool migrate --to github -o . --report tasks.md   write .github/workflows/ci.yml and the report
  travistool migrate --to github -o . --diff              what would change there

Exit codes: 0 migrated, 1 a file that cannot be migrated, or a check that found a difference, 2 wrong usage, 5 a file
that is in the way.
"""

_NAMES = tuple(one.name for one in TARGETS)


class Wanted(NamedTuple):
    """What one call asks for. `folder` is `` for standard output."""

    targets: tuple[Target, ...]
    folder: str
    force: bool
    diff: bool
    report: str
    verify: bool
    as_travis: bool


class MigrateOptions(Options):
    """The options of the command line."""

    file: str = argument("The config, or - for standard input.")
    to: tuple[str, ...] = texts(
        "--to",
        help=f"The new system; repeatable. One of: {', '.join(_NAMES)}.",
        metavar="TARGET",
        complete=completing(_NAMES),
    )
    output: str = text("--output", "-o", help="Write the files below this folder.", metavar="DIR")
    force: bool = switch("--force", help="Replace files that exist.")
    diff: bool = switch("--diff", help="Show what would change in the folder; write nothing.")
    report: str = text("--report", help=f"Write the report; by its name one of: {', '.join(FORMATS)}.", metavar="FILE")
    verify: bool = switch(
        "--verify/--no-verify", help="Compare what both systems would run, for seven events.", default=True
    )
    as_travis: bool = AS_TRAVIS


def migrate(options: MigrateOptions) -> int:
    """Write a config for another CI system that runs the same jobs, and say what is left to do by hand.

    Prints the file, and the tasks to standard error; with -o, writes it. Nothing is run, and the network is not used.
    """
    wanted = Wanted(
        find_targets(options.to),
        options.output,
        options.force,
        options.diff,
        options.report,
        options.verify,
        options.as_travis,
    )
    _check(wanted)
    path = find_one(options.file)
    planner = Planner(EventOptions())
    read = planner.read(path)
    view = planner.plan(read) if isinstance(read, Read) else read
    if isinstance(view, Findings):
        return _complain([view])
    assert isinstance(read, Read)
    errors = [one for one in diagnostics(view) if one.severity == Severity.ERROR]
    asked = question(view.request.normal) if not options.as_travis and view.request.normal is not None else None
    errors += [asked] if asked is not None else []
    if errors:
        return _complain(by_source(view.path, errors, read.source))
    folder = os.path.join(read.folder, os.path.dirname(read.inside))
    files = outside(read.git.matches(folder, READS, LEFT_OUT)) if read.git is not None else ()
    return _run(view, wanted, planner.default_branch(read.git), files)


def find_targets(names: Sequence[str]) -> tuple[Target, ...]:
    """Return targets by their names. Raises UsageError for one that is not known, and for none."""
    if not names:
        raise UsageError("--to is missing", f"name the new system: {', '.join(_NAMES)}")
    found = []
    for name in dict.fromkeys(names):
        one = target(name)
        if one is None:
            similar = suggest(_NAMES, name)
            hint = f"did you mean '{similar}'?" if similar else f"it takes {', '.join(_NAMES)}"
            raise UsageError(f"--to: there is no target '{name}'", hint)
        found.append(one)
    return tuple(found)


def _check(wanted: Wanted) -> None:
    if wanted.report and os.path.splitext(wanted.report)[1].removeprefix(".") not in FORMATS:
        raise UsageError(f"--report takes a name that ends in {', '.join(FORMATS)}, not '{wanted.report}'")
    if wanted.force and not wanted.folder:
        raise UsageError("--force goes with -o", "name the folder to write to")


def _complain(findings: list[Findings]) -> int:
    chosen = output_format("text")
    style = style_for("auto", to_file=sys.stderr is None or not sys.stderr.isatty())
    write_aside("".join(chosen.file(one, style) for one in findings))
    return 1


def _run(view: PlanView, wanted: Wanted, default_branch: str, files: tuple[Outside, ...]) -> int:
    normal = view.request.normal
    assert normal is not None
    reports = []
    prepared = prepare(normal, repo=view.plan.event.repo or "", files=files)
    for one in wanted.targets:
        made = migrate_to(one, prepared)
        if not made.files:
            raise UsageError("no job can ever run, so there is nothing to migrate", "travistool expand --why says why")
        reports.append(_reported(view, made, wanted, default_branch))
    _deliver(reports, wanted)
    if wanted.report:
        write(render(reports, os.path.splitext(wanted.report)[1].removeprefix(".")), wanted.report)
    return 0 if all(one.is_equal for one in reports) else 1


def _reported(view: PlanView, made: Migration, wanted: Wanted, default_branch: str) -> Reported:
    if not wanted.verify:
        return Reported(view.path, made)
    # Imported late: they start other programs.
    from travistool.cli.verifiers import outside_checks  # noqa: PLC0415

    normal = view.request.normal
    checked: tuple[Checked, ...] = ()
    if made.target.evaluator is not None and normal is not None:
        events = sample_events(default_branch, view.plan.event.repo or "acme/demo")
        checked = verify(normal, made.target.evaluator(together(made.files)), events)
    return Reported(view.path, made, checked, outside_checks(made))


def _deliver(reports: list[Reported], wanted: Wanted) -> None:
    files = [file for one in reports for file in one.migration.files]
    if wanted.diff:
        write("".join(_difference(os.path.join(wanted.folder, file.path), file.text) for file in files))
    elif wanted.folder:
        _write_all(files, wanted)
    elif len(files) == 1:
        write(files[0].text)
    else:
        write("".join(f"# {file.path}\n{file.text}\n" for file in files))
    write_aside("".join(map(summary, reports)))


def _write_all(files: list[File], wanted: Wanted) -> None:
    """Write all files, or none where one of them is there already."""
    paths = [os.path.join(wanted.folder, *file.path.split("/")) for file in files]
    there = next((path for path in paths if os.path.lexists(path)), None)
    if there is not None and not wanted.force:
        raise OutputError(f"{there} exists already", "look at the difference with --diff, replace it with --force")
    for path, file in zip(paths, files, strict=True):
        try:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot make a folder for {path}: {(error.strerror or str(error)).lower()}") from error
        write(file.text, path)


def _difference(path: str, text: str) -> str:
    before: list[str] = []
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as file:
            before = file.read().splitlines(keepends=True)
    name = path.replace(os.sep, "/")
    return "".join(unified_diff(before, text.splitlines(keepends=True), name if before else "/dev/null", name))
