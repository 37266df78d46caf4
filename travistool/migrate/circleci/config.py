"""A build as a CircleCI config: rows of one shape share a job with parameters, a workflow has the rows and their order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from travistool.document.layout import Inline, Remark, layout
from travistool.migrate.circleci.evaluate import evaluator
from travistool.migrate.circleci.expressions import parameters, written
from travistool.migrate.circleci.jobs import escaped, job, unescaped
from travistool.migrate.conditions import FALSE, TRUE, Condition, without
from travistool.migrate.model import Build, Row
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.triggers import starts

PATH = ".circleci/config.yml"
START = "start"
_PARAMETER = re.compile(r"[a-z][a-z0-9_]*\Z")


class _Call(NamedTuple):
    """A row of the workflow. `job` has all values written out; `shape` tells which rows can share it."""

    row: Row
    name: str
    when: Condition
    job: dict[str, Any]
    shape: str


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the config file."""
    tasks.add(
        "trigger",
        "which events start a pipeline is set on the website, not in the file",
        "add a GitHub App trigger for pushes and one for pull requests, and schedules for what were cron builds",
    )
    calls = list(_calls(build, tasks))
    start = starts(build.triggers)
    data: dict[Any, Any] = {}
    if build.comments:
        data[Remark("\n".join(build.comments))] = None
    data["version"] = "2.1"
    asked = parameters(start, *[one.when for one in calls])
    for name in asked:
        reason = (
            f"a condition asks for '{name.upper()}', a variable of the settings, which conditions cannot read there"
        )
        tasks.add("variable", reason, f"give the pipeline parameter '{name}' its value as the default")
    if asked:
        data["parameters"] = {name: {"type": "string", "default": ""} for name in asked}
    jobs, used = _jobs(calls)
    needs_start = len({one.row.stage for one in calls}) > 1 and any(one.when != TRUE for one in calls)
    data[Remark(" ")] = None
    data["jobs"] = ({START: {"type": "no-op"}} if needs_start else {}) | jobs
    workflow: dict[Any, Any] = {}
    when = written(start, tasks)
    if when:
        workflow["when"] = when
    workflow["jobs"] = list(_workflow(build, calls, used, tasks, needs_start))
    data[Remark("  ")] = None
    data["workflows"] = {_word(build.name).lower(): workflow}
    return (File(PATH, layout(data)),)


def _calls(build: Build, tasks: Tasks) -> Iterator[_Call]:
    taken: set[str] = {START}
    for row in build.rows:
        if row.when == FALSE:
            continue
        name, number = row.title, 2
        while name in taken:
            name, number = f"{row.title} ({number})", number + 1
        taken.add(name)
        made = job(row, tasks)
        yield _Call(
            row, name, without(row.when, build.triggers.when), made, json.dumps(_shape(made, row), sort_keys=True)
        )


def _shape(made: dict[str, Any], row: Row) -> dict[str, Any]:
    """Return what rows that share a job have in common: all but the image and the values of their own variables."""
    shape = dict(made)
    if "docker" in shape:
        shape["docker"] = [{**shape["docker"][0], "image": ""}, *shape["docker"][1:]]
    shape["steps"] = _with_slot(made["steps"], row.slot_name, "")
    own = [one.name for one in row.variables if one.kind == "plain"]
    lower = [name.lower() for name in own]
    if "environment" in shape:
        shape["environment"] = {
            name: "" if name in own and _PARAMETER.match(name.lower()) and lower.count(name.lower()) == 1 else value
            for name, value in shape["environment"].items()
        }
    return shape


def _jobs(calls: list[_Call]) -> tuple[dict[str, Any], dict[str, tuple[str, tuple[str, ...]]]]:
    """Return the jobs, and for each shape the name of its job and of the parameters: names of values that differ."""
    jobs: dict[str, Any] = {}
    used: dict[str, tuple[str, tuple[str, ...]]] = {}
    for shape in dict.fromkeys(one.shape for one in calls):
        same = [one for one in calls if one.shape == shape]
        base = _word(same[0].row.language.name) if len(same) > 1 else _word(same[0].name)
        name, number = base, 2
        while name in jobs or name == START:
            name, number = f"{base}-{number}", number + 1
        values = [_values(one) for one in same]
        differ = tuple([key for key in values[0] if len({one[key] for one in values}) > 1])
        jobs[name] = _with_parameters(same[0], differ)
        used[shape] = name, differ
    return jobs, used


def _values(call: _Call) -> dict[str, str]:
    own = {one.name for one in call.row.variables if one.kind == "plain"}
    found = {"image": call.job["docker"][0]["image"]} if "docker" in call.job else {}
    if call.row.caches:
        found["cache"] = call.row.slot_name
    environment = call.job.get("environment", {})
    return found | {f"env {name}": value for name, value in environment.items() if name in own}


def _with_slot(steps: list[Any], name: str, other: str) -> list[Any]:
    """Return steps whose caches have another name."""

    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return other + value.removeprefix(name) if value.startswith(f"{name}-") else value
        return [renamed(item) for item in value]

    def kept(kind: str, options: Any) -> Any:
        if kind not in ("save_cache", "restore_cache"):
            return options
        return {key: renamed(value) if key in ("key", "keys") else value for key, value in options.items()}

    return [
        {kind: kept(kind, options) for kind, options in step.items()} if isinstance(step, dict) else step
        for step in steps
    ]


def _with_parameters(call: _Call, differ: tuple[str, ...]) -> dict[str, Any]:
    made = call.job
    if not differ:
        return made
    data = {"parameters": {_parameter(key): {"type": "string"} for key in differ}} | made
    if "image" in differ:
        data["docker"] = [{**made["docker"][0], "image": "<< parameters.image >>"}, *made["docker"][1:]]
    if "cache" in differ:
        data["steps"] = _with_slot(made["steps"], call.row.slot_name, "<< parameters.cache >>")
    if "environment" in made:
        data["environment"] = {
            name: f"<< parameters.{_parameter(f'env {name}')} >>" if f"env {name}" in differ else value
            for name, value in made["environment"].items()
        }
    return data


def _parameter(key: str) -> str:
    """Return the name of a parameter: names of variables that mean something else there get a word in front."""
    name = key.removeprefix("env ").lower()
    return (
        f"env_{name}"
        if key.startswith("env ") and name in ("image", "cache", "name", "type", "filters", "requires")
        else name
    )


def _workflow(
    build: Build, calls: list[_Call], used: dict[str, tuple[str, tuple[str, ...]]], tasks: Tasks, needs_start: bool
) -> Iterator[Any]:
    """Yield the rows. Where a job waits for others that may all be left out, one that always runs is among these."""
    anyway = {"tags": {"only": "/.*/"}}
    if needs_start:
        yield {START: {"filters": anyway}}
    places = [name.lower() for name in build.stages] or [""]
    for one in calls:
        name, differ = used[one.shape]
        call: dict[str, Any] = {"name": escaped(one.name)}
        values = _values(one)
        call |= {_parameter(key): values[key] for key in differ}
        place = places.index((one.row.stage or places[0]).lower())
        earlier = [other.name for other in calls if places.index((other.row.stage or places[0]).lower()) < place]
        requires = ([START] if needs_start and earlier else []) + [escaped(other) for other in earlier]
        if requires:
            call["requires"] = Inline(requires)
        call["filters"] = written(one.when, tasks) or anyway
        yield {name: call}


def _word(text: str) -> str:
    """Return a text as the name of a job or workflow."""
    word = re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-_")[:80]
    return word if word[:1].isalpha() else f"job-{word}".strip("-")


TARGET = Target(
    "circleci",
    "CircleCI",
    PATH,
    render,
    evaluator,
    ("circleci project secret create github ORGANIZATION REPOSITORY {name}",),
    unescaped=unescaped,
    fetches_all=True,
)
