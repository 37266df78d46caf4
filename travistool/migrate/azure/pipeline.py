"""A build as an Azure pipeline: a job for each row, stages where there are any, a gate for what needs a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travistool.document.layout import Inline, Remark, layout
from travistool.migrate.azure.conditions import Gate, written
from travistool.migrate.azure.evaluate import evaluator
from travistool.migrate.azure.jobs import Job, composed, free, job, unescaped
from travistool.migrate.azure.matrix import Group, grouped
from travistool.migrate.azure.variables import SHELL
from travistool.migrate.conditions import FALSE, Condition, both
from travistool.migrate.data.facts import facts
from travistool.migrate.model import Build, Row, Triggers
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.tolerance import alternatives, names
from travistool.migrate.triggers import by_branch, pattern_of

PATH = "azure-pipelines.yml"
_GOES_ON = "not(or(failed(), canceled()))"
_PLACEHOLDER, _WEEKLY = "0 0 29 2 *", "0 0 * * 0"


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the pipeline file."""
    gate = Gate()
    resources: dict[str, dict[str, Any]] = {}
    stages = list(_stages(build, gate, resources, tasks))
    data: dict[Any, Any] = {}
    if build.comments:
        data[Remark("\n".join(build.comments))] = None
    data |= _triggers(build.triggers)
    if resources:
        data[Remark("   ")] = None
        data["resources"] = {"containers": list(resources.values())}
    data[Remark("    ")] = None
    if len(stages) == 1 and not gate.asked:
        data["jobs"] = stages[0]["jobs"]
    else:
        data["stages"] = [
            *([_gate(gate)] if gate.asked else []),
            *_ordered(stages, [*(["gate"] if gate.asked else [])]),
        ]
    return (File(PATH, layout(data)),)


def _triggers(found: Triggers) -> dict[Any, Any]:
    """Return what starts a run. Filters of branches are used where they are plain names, conditions of jobs otherwise."""
    chosen: dict[str, Any] = {"include": Inline(("*",))}
    if _is_plain(found):
        chosen = {"include": Inline(found.only)} if found.only else chosen
        if found.but and not found.only:
            chosen["exclude"] = Inline(found.but)
    default = found.only if _is_plain(found) and found.only else ("main", "master")
    scheduled = {"include": Inline(default)} | ({"exclude": chosen["exclude"]} if "exclude" in chosen else {})
    cron = {
        "cron": _WEEKLY if found.mentions_cron else _PLACEHOLDER,
        "displayName": "Cron build",
        "branches": scheduled,
        "always": "true",
    }
    return {
        "trigger": {"branches": chosen, "tags": chosen},
        "pr": {"branches": chosen},
        Remark("Put the times of your cron builds here, and the default branch"): None,
        "schedules": [cron],
    }


def _is_plain(found: Triggers) -> bool:
    texts = found.only or found.but
    return all(pattern_of(text) is None and not re.search(r"[*?\s~^:\[\]\\]", text) for text in texts)


def _stages(build: Build, gate: Gate, resources: dict[str, dict[str, Any]], tasks: Tasks) -> Iterator[dict[str, Any]]:
    rows = [row for row in build.rows if row.when != FALSE]
    started = both() if _is_plain(build.triggers) else by_branch(build.triggers)
    names, jobs = {"gate"}, {"gate"}
    stages = list(build.stages) or ["test"]
    for name in stages:
        found = [row for row in rows if (row.stage or stages[0]).lower() == name.lower()]
        made = [one for row in found for one in _jobs(row, both(started, row.when), gate, resources, tasks)]
        if made:
            stage = free(name, names)
            written_jobs = [_job(one, name, jobs, resources) for one in grouped(made)]
            yield {"stage": stage, "displayName": name, "jobs": written_jobs}


def _jobs(
    row: Row, when: Condition, gate: Gate, resources: dict[str, dict[str, Any]], tasks: Tasks
) -> Iterator[tuple[str, bool, Job]]:
    """Yield the job of a row; two where the event decides whether its failure is allowed."""
    made = job(row, tasks, resources)
    for condition, is_tolerated in alternatives(row, when):
        yield written(condition, gate, tasks), is_tolerated, made


def _job(group: Group, stage: str, taken: set[str], resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    title = group.jobs[0].title if len(group.jobs) == 1 else stage
    data: dict[str, Any] = {"job": free(title, taken), "displayName": title}
    text = group.condition
    if text:
        inner = text.removeprefix("and(") if text.startswith("and(") else f"{text})"
        data["condition"] = f"and(succeeded(), {inner}"
    if group.is_tolerated:
        data["continueOnError"] = "true"
    return data | composed(group.jobs, resources)


def _ordered(stages: list[dict[str, Any]], before: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the stages, each waiting for all before it: one that is left out blocks nothing."""
    for stage in stages:
        name, title, jobs = stage.values()
        waits = {"dependsOn": Inline(before), "condition": _GOES_ON} if before else {}
        yield {"stage": name, "displayName": title, **waits, "jobs": jobs}
        before = [*before, name]


def _gate(gate: Gate) -> dict[str, Any]:
    wanted = dict.fromkeys(name for test in gate.asked for name in names(test))
    lines = [f"export {name}={SHELL[name]}" for name in wanted if name in SHELL]
    run = {"bash": "\n".join((*lines, *gate.lines())) + "\n", "name": "ask", "displayName": "Ask what the event is"}
    checkout = {"checkout": "self", "fetchDepth": "2"}
    pool = {"vmImage": facts("azure")["machines"]["linux"]}
    job = {"job": "gate", "displayName": "gate", "pool": pool, "steps": [checkout, run]}
    return {"stage": "gate", "jobs": [job]}


TARGET = Target(
    "azure",
    "Azure Pipelines",
    PATH,
    render,
    evaluator,
    ("az pipelines variable create --pipeline-name PIPELINE --name {name} --secret true",),
    unescaped=unescaped,
)
