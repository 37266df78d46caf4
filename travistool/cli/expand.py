"""`travistool expand`: the build that Travis would run for an event, and why."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from travistool.cli.event import table_events
from travistool.cli.event_options import Asked
from travistool.cli.files import find
from travistool.cli.option import COLOR, OUTPUT, Options, arguments, formats, switch, text
from travistool.cli.planning import Planner, Read, by_source, diagnostics, find_job
from travistool.cli.terminal import style_for, write
from travistool.diagnostics import Findings, Severity
from travistool.errors import UsageError
from travistool.report.formats import output_format
from travistool.report.layout import Style
from travistool.report.plan_json import as_json, as_line, plan_record
from travistool.report.plan_view import PlanView
from travistool.report.record import Record, error_record

EXAMPLES = """\b
Examples:
  travistool expand                                    the build of a push to this branch
  travistool expand --event pull_request --why         what happens in a pull request, and why
  travistool expand --event tag --tag v1.0 --job 1.3   one job in full
  travistool expand --table                            seven events against jobs and deployments
  travistool expand --format html -o build.html

Exit codes: 0 planned, 1 a file that cannot be read or built, 2 wrong usage.
"""

FORMATS = ("tree", "table", "json", "jsonl", "mermaid", "html")
_DATA = ("json", "jsonl")
_COLLECT_EVERY = 256


class Wanted(NamedTuple):
    """What one call asks for. `view` is `plan`, `merged`, `why`, `table` or `job`."""

    view: str
    format: str
    job: str
    every: bool
    output: str
    style: Style


class ExpandOptions(Options):
    """The options of the command line."""

    files: tuple[str, ...] = arguments(
        "The config, or - for standard input; many, and folders to search, with json and jsonl."
    )
    asked: Asked = Asked()
    merged: bool = switch("--merged", help="Print the merged config and where each part is from.")
    why: bool = switch("--why", help="List what happens and what does not, and why.")
    table: bool = switch("--table", help="Print seven events against jobs and deployments.")
    job: str = text("--job", help="Print one job: its config, origins, phases.", metavar="N|NAME")
    every: bool = switch("--all", help="With json and jsonl: also all jobs of the matrix.")
    format: str = formats(FORMATS)
    output: str = OUTPUT
    color: str = COLOR


def expand(options: ExpandOptions) -> int:
    """Show the build that Travis would run for an event, and why. Nothing is run, and the network is not used.

    What no option says comes from the git repository around the file.
    """
    view = _view({"merged": options.merged, "why": options.why, "table": options.table, "job": bool(options.job)})
    style = style_for(options.color, to_file=bool(options.output))
    wanted = Wanted(view, options.format, options.job, options.every, options.output, style)
    _check(wanted)
    planner = Planner(*options.asked)
    paths = find(options.files)
    if len(paths) > 1 and wanted.format not in _DATA:
        raise UsageError(
            f"--format {wanted.format} takes one file, not {len(paths)}", "many files go with json and jsonl"
        )
    return run(paths, planner, wanted)


def _view(chosen: dict[str, bool]) -> str:
    names = [name for name, is_chosen in chosen.items() if is_chosen]
    if len(names) > 1:
        raise UsageError(f"--{names[0]} and --{names[1]} do not go together")
    return names[0] if names else "plan"


def _check(wanted: Wanted) -> None:
    if wanted.view != "plan" and wanted.format not in ("tree", *_DATA):
        raise UsageError(f"--{wanted.view} does not come as {wanted.format}, only as text, json and jsonl")
    if wanted.every and (wanted.format not in _DATA or wanted.view != "plan"):
        raise UsageError("--all goes with --format json or jsonl")


def run(paths: tuple[str, ...], planner: Planner, wanted: Wanted) -> int:
    """Plan files, print what is wanted, and return the exit code: 1 when one cannot be read or would not be built."""
    # As in lint: a run makes many objects and few cycles that matter.
    gc.disable()
    parts: list[str] = []
    records: list[Record] = []
    failed = False
    for number, path in enumerate(paths, 1):
        made, errors = _file(path, planner, wanted)
        failed = failed or errors
        if isinstance(made, str):
            parts.append(made)
        elif wanted.format == "jsonl":
            parts.append(as_line(made))
        else:
            records.append(made)
        if number % _COLLECT_EVERY == 0:
            gc.collect()
    gc.enable()
    if wanted.format == "json":
        parts.append(as_json(records, many=len(paths) > 1))
    write("".join(parts), wanted.output)
    return 1 if failed else 0


def _file(path: str, planner: Planner, wanted: Wanted) -> tuple[str | Record, bool]:
    """Return what is printed for a file, and whether something is wrong with it."""
    read = planner.read(path)
    found = planner.plan(read) if isinstance(read, Read) else read
    if isinstance(found, Findings):
        if wanted.format in _DATA:
            return error_record(found), True
        _complain([found], wanted.style)
        return "", True
    assert isinstance(read, Read)
    told = diagnostics(found)
    if told:
        _complain(by_source(found.path, told, read.source), wanted.style, brief=wanted.format in _DATA)
    return _rendered(found, read, planner, wanted), any(one.severity == Severity.ERROR for one in told)


def _complain(findings: Iterable[Findings], style: Style, *, brief: bool = False) -> None:
    """Print diagnostics as `lint` does, but to standard error, where they do not get into the output."""
    chosen = output_format("concise" if brief else "text")
    if sys.stderr is None:
        return
    plain = style if sys.stderr.isatty() else style._replace(color=False)
    text = "".join(chosen.file(one, plain) for one in findings)
    print(text.encode("utf-8", "replace").decode(), end="", file=sys.stderr)


def _rendered(view: PlanView, read: Read, planner: Planner, wanted: Wanted) -> str | Record:
    # Views are loaded when they are chosen: most calls need one.
    is_data = wanted.format in _DATA
    match wanted.view:
        case "why":
            from travistool.report import plan_why  # noqa: PLC0415

            return plan_why.record(view) if is_data else plan_why.text(view, wanted.style)
        case "job":
            from travistool.report import plan_job  # noqa: PLC0415

            job = find_job(view.plan, wanted.job)
            return plan_job.record(view, job) if is_data else plan_job.text(view, job, wanted.style)
        case "merged":
            from travistool.report import plan_merged  # noqa: PLC0415

            return plan_merged.record(view) if is_data else plan_merged.text(view, wanted.style)
        case "table":
            from travistool.report import events_table  # noqa: PLC0415

            columns = _columns(read, planner)
            return events_table.record(view, columns) if is_data else events_table.text(view, columns, wanted.style)
        case _:
            if is_data:
                return plan_record(view, every=wanted.every)
            module = import_module(f"travistool.report.plan_{wanted.format}")
            text: str = module.text(view, wanted.style)
            return text


def _columns(read: Read, planner: Planner) -> list[tuple[str, PlanView]]:
    """Return the plans of the seven events, each with the event's title."""
    columns = []
    for title, event in table_events(planner.options, read.git):
        view = planner.plan(read, event)
        if isinstance(view, PlanView):
            columns.append((title, view))
    return columns
