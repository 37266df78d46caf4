"""An audit as JSON, JSON Lines and CSV, part by part: memory does not grow with the number of files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from travistool import __version__
from travistool.audit.row import Migrated, Row
from travistool.audit.totals import Totals
from travistool.migrate.tasks import KINDS

FORMATS = ("table", "json", "jsonl", "csv", "html")

COLUMNS = (
    *("path", "target", "state", "why", "equal", "jobs", "stages", "languages", "os", "services", "providers"),
    *("errors", "warnings", "infos", "tasks", "changes_rows", *(f"{kind}_tasks" for kind in KINDS)),
)
"""The columns of the CSV form."""


def as_json(totals: Totals, rows: Iterable[Row]) -> Iterator[str]:
    """Yield one document: totals, then each repository on a line of its own."""
    head = {"version": __version__, "totals": totals.record()}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "repositories": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]}\n"


def as_lines(_totals: Totals, rows: Iterable[Row]) -> Iterator[str]:
    """Yield one object a line, one for each repository."""
    for row in rows:
        yield f"{json.dumps(row, ensure_ascii=False)}\n"


def as_csv(_totals: Totals, rows: Iterable[Row]) -> Iterator[str]:
    """Yield one line for each repository and target, one for the repository alone where no target is asked for."""
    yield _line(COLUMNS)
    for row in rows:
        yield from [_line(_cells(row, one)) for one in row["targets"]] or [_line(_cells(row, None))]


def _cells(row: Row, one: Migrated | None) -> list[object]:
    linted, planned = row["lint"], row["plan"]
    plan = (
        [planned["jobs"], planned["stages"]]
        + [
            " ".join(names)
            for names in (planned["languages"], planned["os"], planned["services"], planned["providers"])
        ]
        if planned is not None
        else [""] * 6
    )
    lint = [linted["errors"], linted["warnings"], linted["infos"]] if linted is not None else [""] * 3
    if one is None:
        return [_path(row["path"]), "", "", row["problem"], "", *plan, *lint, *[""] * (2 + len(KINDS))]
    tasks = [sum(one["tasks"].values()), one["changes_rows"], *(one["tasks"].get(kind, 0) for kind in KINDS)]
    equal = {None: "", True: "yes", False: "no"}[one["equal"]]
    return [_path(row["path"]), one["target"], one["state"], one["why"], equal, *plan, *lint, *tasks]


def _path(path: str) -> str:
    """Return a path that no spreadsheet takes for a formula."""
    return f"./{path}" if path.startswith(("=", "+", "-", "@")) else path


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
