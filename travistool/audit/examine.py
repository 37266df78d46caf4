"""From one config to its row: linted, planned and migrated, all from one reading. Read this first."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from travistool.audit.row import ENTERING, Crash, Linted, Migrated, Planned, Row, State, Terms, stopped
from travistool.diagnostics import Diagnostic, Severity
from travistool.grammar.secrets import Mask
from travistool.grammar.tokens import tokens
from travistool.lint.engine import lint
from travistool.migrate.migrate import Prepared, migrate_to, planned, prepare
from travistool.migrate.outside import Outside
from travistool.migrate.question import question
from travistool.migrate.target import Migration, together
from travistool.migrate.targets import target
from travistool.migrate.verify import verify
from travistool.pipeline import Reading
from travistool.plan.expand import expand
from travistool.plan.imports import Request
from travistool.plan.model import Event
from travistool.schema.normalize import Normal

T = TypeVar("T")
Started = tuple[Normal, Prepared]

_NAME = re.compile(r"[a-z][a-z0-9_+.-]{0,23}\Z")
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _none() -> tuple[Outside, ...]:
    return ()


def examine(
    reading: Reading,
    terms: Terms,
    request: Callable[[], Request],
    problem: Diagnostic | None = None,
    files: Callable[[], tuple[Outside, ...]] = _none,
) -> Row:
    """Return what there is to tell of a config. Never raises: what crashes is named in the row.

    `request` gathers what the config imports; it is called only if there is something. `problem` is what was wrong with
    the file before it was a text. `files` are those of the repository that read Travis's variables; asked for a config that
    is migrated.
    """
    crashes: list[Crash] = []
    row = Row(path=reading.source.name, problem="", imports=False, lint=None, plan=None, targets=[], crashes=crashes)
    found = _caught("lint", crashes, lambda: lint(reading, terms.profile, problem, None, terms.as_of))
    if found is not None:
        row["lint"] = _linted(found)
        crashes += [Crash(step="lint", error=one.message) for one in found if one.rule == "internal-error"]
    row["imports"] = reading.normal is not None and reading.normal.root.get("import") is not None
    made = _caught("expand", crashes, lambda: _prepared(reading, request, files if terms.targets else _none))
    if isinstance(made, str):
        row["problem"] = made
    elif made is not None:
        row["plan"] = _planned(made[1])
    row["targets"] = [_target(name, made, reading, terms, crashes) for name in terms.targets]
    return row


def _target(name: str, made: Started | str | None, reading: Reading, terms: Terms, crashes: list[Crash]) -> Migrated:
    if made is None:
        return stopped(name, crashes[-1]["error"], "crashed")
    if isinstance(made, str):
        return stopped(name, made)
    asked = question(made[0]) if not terms.as_travis else None
    if asked is not None:
        return stopped(name, _why(asked, reading))
    found = _caught(name, crashes, lambda: _migrated(name, *made, terms))
    return found or stopped(name, crashes[-1]["error"], "crashed")


def _caught(step: str, crashes: list[Crash], call: Callable[[], T]) -> T | None:
    """Return what a call returns; None where it crashes, which is noted: one config must not end the whole audit."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # see above
        crashes.append(Crash(step=step, error=told(error)))
        return None


def told(error: BaseException) -> str:
    """Return the name of an exception and our line that it comes from; its own words may quote the config."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PACKAGE):
            place = f" at {os.path.relpath(file, os.path.dirname(_PACKAGE)).replace(os.sep, '/')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"


def _linted(found: Iterable[Diagnostic]) -> Linted:
    severities = Counter(one.severity for one in found)
    return Linted(
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        rules=dict(Counter(one.rule for one in found)),
    )


def _prepared(
    reading: Reading, request: Callable[[], Request], files: Callable[[], tuple[Outside, ...]]
) -> Started | str:
    """Return what targets start from; why there is nothing where Travis makes no build of it."""
    broken = reading.broken()
    if broken is not None or reading.normal is None:
        return _why(broken, reading) if broken is not None else "the file is empty"
    normal, told_before = reading.normal, reading.diagnostics
    if normal.root.get("import") is not None:
        gathered = request()
        if gathered.normal is None:
            return "a file that it imports cannot be read"
        normal, told_before = gathered.normal, gathered.diagnostics
    errors = [one for one in told_before if one.severity == Severity.ERROR]
    if errors:
        return _why(errors[0], reading)
    condition = next((one for one in normal.messages if one.code == "invalid_condition"), None)
    if condition is not None:
        return f"line {condition.span.first().line}: the condition cannot be read"
    plan = planned(normal)
    if any(one.severity == Severity.ERROR for one in plan.every.plan.diagnostics):
        # All jobs that any event can bring may be too many where those of one event are not.
        errors = [one for one in expand(normal, Event()).diagnostics if one.severity == Severity.ERROR]
        if errors:
            return _why(errors[0], reading)
    return (normal, prepare(normal, files=files(), plan=plan)) if plan.every.jobs else "no job is left"


def _why(one: Diagnostic, reading: Reading) -> str:
    secrets = reading.normal.secrets if reading.normal is not None else ()
    message = Mask(str(element.value) for element in secrets).text(one.message)
    return f"line {one.span.first().line}: {message}" if one.span.source is reading.source else message


def _planned(made: Prepared) -> Planned:
    rows = made.build.rows
    return Planned(
        jobs=len(rows),
        stages=len(made.build.stages),
        languages=_names(row.language.name for row in rows),
        os=_names(row.os for row in rows),
        services=_names(service.name for row in rows for service in row.services),
        providers=_names(one.provider for row in rows for one in row.deployments),
    )


def _names(texts: Iterable[str]) -> list[str]:
    """Return names, sorted; a text that does not look like one, or like a secret, is `other`."""
    return sorted({text if _NAME.match(text) and not any(True for _ in tokens(text)) else "other" for text in texts})


def _migrated(name: str, normal: Normal, prepared: Prepared, terms: Terms) -> Migrated:
    known = target(name)
    assert known is not None
    made = migrate_to(known, prepared)
    if not made.files:
        return stopped(name, "no job can ever run")
    return Migrated(
        target=name,
        state=_state(made),
        why="",
        files=len(made.files),
        tasks=dict(Counter(task.kind for task in made.tasks)),
        changes_rows=sum(task.changes_rows for task in made.tasks),
        equal=_is_equal(normal, made) if terms.verify else None,
    )


def _state(made: Migration) -> State:
    if not made.tasks:
        return "ready"
    entering = all(task.kind in ENTERING and not task.changes_rows for task in made.tasks)
    return "values" if entering else "work"


def _is_equal(normal: Normal, made: Migration) -> bool | None:
    if made.target.evaluator is None:
        return None
    return not any(one.differences for one in verify(normal, made.target.evaluator(together(made.files))))
