"""A build as a Buildkite pipeline: a command step for each row, stages between waits, conditions in its own words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from travistool.document.layout import Alias, Anchored, Remark, layout
from travistool.migrate.buildkite.evaluate import evaluator
from travistool.migrate.buildkite.expressions import written
from travistool.migrate.buildkite.notify import messages
from travistool.migrate.buildkite.steps import step
from travistool.migrate.conditions import FALSE, both
from travistool.migrate.model import Build, Row
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.tolerance import alternatives
from travistool.migrate.triggers import starts

PATH = ".buildkite/pipeline.yml"
_UPLOAD = "Upload with: buildkite-agent pipeline upload --no-interpolation"


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the pipeline, and files for docker compose where jobs have services."""
    _note(tasks)
    composed: dict[str, str] = {}
    steps: list[Any] = []
    keys: set[str] = set()
    rows = [row for row in build.rows if row.when != FALSE]
    names = [name.lower() for name in build.stages] or [""]
    for name in names:
        found = [row for row in rows if (row.stage or names[0]).lower() == name]
        if found and steps:
            steps.append("wait")
        for row in found:
            steps += _steps(row, build, tasks, composed, keys)
    data: dict[Any, Any] = {Remark("\n".join((*build.comments, _UPLOAD))): None}
    told = messages(build, tasks)
    if told:
        data["notify"] = told
    data["steps"] = _said_once(steps)
    more = [File(path, text, has_jobs=False) for text, path in composed.items()]
    return (File(PATH, layout(data)), *more)


def _said_once(steps: list[Any]) -> list[Any]:
    """Return the steps with each command written once: steps with the same one refer to the first."""
    times = Counter(one["command"] for one in steps if one != "wait")
    names: dict[str, str] = {}
    return [one if one == "wait" or times[one["command"]] == 1 else _referring(one, names) for one in steps]


def _referring(one: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    text = one["command"]
    if text in names:
        return {**one, "command": Alias(names[text])}
    names[text] = f"script-{len(names) + 1}" if names else "script"
    return {**one, "command": Anchored(names[text], text)}


def _note(tasks: Tasks) -> None:
    tasks.add(
        "setting",
        "variables in the file are those of the job, not of the upload",
        "let the pipeline's first step run: buildkite-agent pipeline upload --no-interpolation",
    )
    tasks.add(
        "trigger",
        "which events start a build is set on the website, not in the file",
        "let branches, tags, pull requests and those of forks start builds, and add schedules for what were cron builds",
    )


def _steps(row: Row, build: Build, tasks: Tasks, composed: dict[str, str], keys: set[str]) -> list[dict[str, Any]]:
    """Return the step of a row; two where the event decides whether its failure is allowed."""
    made = step(row, tasks, composed)
    found = []
    # A condition of the root is a part of each row's.
    for when, is_tolerated in alternatives(row, both(starts(build.triggers), row.when)):
        data: dict[str, Any] = {"label": row.title, "key": _key(row.title, keys)}
        text = written(when, tasks)
        if text:
            data["if"] = text
        if is_tolerated:
            data["soft_fail"] = True
        found.append(data | made)
    return found


def _key(title: str, keys: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:80] or "job"
    key, number = base, 2
    while key in keys:
        key, number = f"{base}-{number}", number + 1
    keys.add(key)
    return key


TARGET = Target(
    "buildkite",
    "Buildkite",
    PATH,
    render,
    evaluator,
    ("bk secret create --cluster-uuid CLUSTER --key {name}",),
    sends=("slack",),
)
