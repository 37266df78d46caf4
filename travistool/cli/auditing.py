"""Running an audit: rows from processes into the state, totals on the way, the report in the end."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from travistool.audit.examine import examine, told
from travistool.audit.formats import as_csv, as_json, as_lines
from travistool.audit.page import as_page
from travistool.audit.row import Row, Terms, lost, unreadable
from travistool.audit.totals import Totals
from travistool.cli.event_options import EventOptions
from travistool.cli.files import CONFIG, content, load
from travistool.cli.git import Repositories
from travistool.cli.planning import Planner, Read
from travistool.cli.progress import Progress, progress
from travistool.cli.state import State, key_of
from travistool.cli.terminal import write_aside, write_parts
from travistool.cli.totals import as_table
from travistool.cli.workers import in_workers
from travistool.errors import InternalError
from travistool.lint.profile import OPTIONS
from travistool.migrate.functions import READS
from travistool.migrate.outside import LEFT_OUT, Outside, outside
from travistool.pipeline import read
from travistool.plan.imports import Request
from travistool.report.layout import Style, plural

_GARBAGE = 200_000
"""Objects left behind until they are collected, as in lint: often is slow."""


class Wanted(NamedTuple):
    """What one call asks for. `state` and `output` are `` for none; `processes` of 0 are as many as cores.

    `progress` is `auto` or `none`.
    """

    terms: Terms
    format: str
    output: str
    state: str
    processes: int
    progress: str
    import_roots: tuple[str, ...]
    style: Style


class Auditor:
    """Makes the rows of files, in any process. Collects garbage by itself: configs leave few cycles, but many objects."""

    def __init__(self, terms: Terms, import_roots: tuple[str, ...]) -> None:
        self._terms = terms
        self._roots = import_roots
        self._repositories = Repositories()

    def __call__(self, path: str) -> bytes:
        """Return the row of a file as JSON. Never raises."""
        gc.disable()
        if gc.get_count()[0] > _GARBAGE:
            gc.collect()
        try:
            row = self._row(path)
        except Exception as error:  # noqa: BLE001  # one file must not end the whole audit
            row = lost(path, told(error), self._terms)
        return json.dumps(row).encode()

    def _row(self, path: str) -> Row:
        source, problem = load(path)
        if source is None:
            return unreadable(path, problem.message if problem is not None else "", self._terms)
        return examine(
            read(source, OPTIONS), self._terms, lambda: self._request(path), problem, lambda: self._files(path)
        )

    def _files(self, path: str) -> tuple[Outside, ...]:
        """Return the files in a config's folder that read Travis's variables. Git is asked once for each folder."""
        folder = os.path.dirname(os.path.abspath(path))
        git = self._repositories.around(folder)
        is_its_own = os.path.basename(path) == CONFIG or (git is not None and git.folder == folder)
        return outside(git.matches(folder, READS, LEFT_OUT)) if git is not None and is_its_own else ()

    def _request(self, path: str) -> Request:
        """Return a file with what it imports, for a push to the branch that is checked out."""
        planner = Planner(EventOptions(), self._roots)
        found = planner.read(path)
        assert isinstance(found, Read)
        return planner.request(found, planner.event(found.git))


def run(paths: Sequence[str], wanted: Wanted) -> int:
    """Audit files, print the report, and return the exit code."""
    with closing(State(wanted.state)) as state:
        totals = _audited(paths, wanted, state)
    if totals.crashes:
        return InternalError.exit_code
    return 0 if totals.is_whole else 1


def _audited(paths: Sequence[str], wanted: Wanted, state: State) -> Totals:
    """Add the rows that are missing to the state, and print the report."""
    totals = Totals(wanted.terms.targets)
    keys = {path: key_of(path, content(path), wanted.terms) for path in paths} if wanted.state else {}
    known = [path for path in paths if state.has(path, keys.get(path, ""))]
    for row in state.rows(known):
        totals.add(row)
    skip = frozenset(known)
    left = [path for path in paths if path not in skip]
    with progress(wanted.progress, len(paths), len(known)) as told_to:
        _look(left, keys, wanted, state, totals, told_to)
    write_parts(_report(wanted, totals, state.rows(paths)), wanted.output)
    return totals


def _look(
    left: Sequence[str], keys: dict[str, str], wanted: Wanted, state: State, totals: Totals, told_to: Progress
) -> None:
    processes = min(wanted.processes or cores(), len(left))
    try:
        with closing(in_workers(processes, left, Auditor(wanted.terms, wanted.import_roots))) as answers:
            for path, answer in answers:
                data = json.dumps(lost(path, answer, wanted.terms)).encode() if isinstance(answer, str) else answer
                state.add(path, keys.get(path, ""), data)
                totals.add(json.loads(data))
                told_to.add(len(totals.crashes))
    except KeyboardInterrupt:
        told_to.stop()
        way = f"go on with --resume {state.path}" if state.path else "nothing is kept: name a file with --state"
        write_aside(f"travistool: stopped after {plural(totals.files, 'file')}; {way}\n")
        raise


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _report(wanted: Wanted, totals: Totals, rows: Iterator[Row]) -> Iterator[str]:
    match wanted.format:
        case "json":
            return as_json(totals, rows)
        case "jsonl":
            return as_lines(totals, rows)
        case "csv":
            return as_csv(totals, rows)
        case "html":
            return as_page(totals, rows)
        case _:
            return iter([as_table(totals, wanted.style)])
