"""From a config that can be read to a target's files and what people have to do. Read this first.

normal ─build─▶ what must run ─render─▶ files + tasks
"""

from __future__ import annotations

import re
from typing import NamedTuple

from travistool.migrate.build import build
from travistool.migrate.conditions import FALSE
from travistool.migrate.every import Every, every
from travistool.migrate.left import leave, leave_on
from travistool.migrate.model import Build
from travistool.migrate.notes import note_browsers, note_machines, note_packages
from travistool.migrate.notifications import note
from travistool.migrate.outside import Outside, note_outside
from travistool.migrate.target import Migration, Target
from travistool.migrate.tasks import KINDS, ManualTask, Tasks
from travistool.schema.normalize import Normal

_SECRET = re.compile(r"as the secret (\w+)")


class Prepared(NamedTuple):
    """What all targets start from: what must run, and the tasks that every one of them leaves."""

    build: Build
    tasks: Tasks


def migrate(normal: Normal, target: Target, *, repo: str = "", comments: tuple[str, ...] = ()) -> Migration:
    """Return the migration of a config. Never raises for what a config may hold. `repo` is `owner/name`, if known.

    There are no files where no job can ever run.
    """
    return migrate_to(target, prepare(normal, repo=repo, comments=comments))


class Planned(NamedTuple):
    """All jobs that any event can bring, and the tasks about their conditions."""

    every: Every
    tasks: Tasks


def planned(normal: Normal) -> Planned:
    """Return all jobs, for those who want to know how many there are before they prepare a build of them."""
    tasks = Tasks()
    return Planned(every(normal, tasks), tasks)


def prepare(
    normal: Normal,
    *,
    repo: str = "",
    comments: tuple[str, ...] = (),
    files: tuple[Outside, ...] = (),
    plan: Planned | None = None,
) -> Prepared:
    """Return what all targets start from, so that several need it made only once.

    `files` are those of the repository that read Travis's own variables; `plan` is that of `planned`, if known.
    """
    found, tasks = plan or planned(normal)
    read = frozenset[str]().union(*[one.names for one in files])
    note_outside(files, tasks)
    made = build(normal, found, tasks, repo, comments=comments or _header(normal.root.source.text), read=read)
    leave(normal, found.plan, made, tasks)
    return Prepared(made, tasks)


def migrate_to(target: Target, prepared: Prepared) -> Migration:
    """Return the migration to one target. What it adds to the tasks stays its own."""
    made, tasks = prepared.build, prepared.tasks.copy()
    note(made, tasks, sent=target.sends)
    leave_on(target, made, tasks)
    note_packages(made, tasks, in_images=not target.installs)
    note_browsers(made, tasks, in_images=not target.installs)
    if not target.installs:
        note_machines(made, tasks)
    files = target.render(made, tasks) if any(row.when != FALSE for row in made.rows) else ()
    ordered = sorted(tasks.all(), key=_place)
    numbered = [task._replace(number=number) for number, task in enumerate(ordered, 1)]
    return Migration(target, files, tuple([_with_command(task, target) for task in numbered]), tasks.left())


def _place(task: ManualTask) -> tuple[int, int]:
    """Return what tasks are sorted by: their kind, as the report has it, and where in the file they come from."""
    return KINDS.index(task.kind), task.place.start if task.place is not None else 0


def _with_command(task: ManualTask, target: Target) -> ManualTask:
    """Return a task about a secret with the command that enters it."""
    found = _SECRET.search(task.do)
    if task.kind != "secret" or found is None:
        return task
    name = target.secret_name(found[1])
    enter = tuple([line.replace("{name}", name) for line in target.enter_secret])
    commands = (*task.commands, *enter)
    return task._replace(do=f"{task.do[: found.start(1)]}{name}{task.do[found.end(1) :]}", commands=commands)


def _header(text: str) -> tuple[str, ...]:
    """Return the comment lines that a config starts with."""
    found = []
    for line in text.lstrip("\ufeff").split("\n"):
        if not line.startswith("#"):
            break
        found.append(line.lstrip("#").strip())
    return tuple(found)
