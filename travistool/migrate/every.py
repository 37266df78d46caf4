"""All jobs that a config can have, whatever the event, each with the condition for it to run and to be tolerated.

The plan's own steps are used, with a planning that lets every condition pass and notes what was asked.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from travistool.migrate.conditions import FALSE, TRUE, Condition, UnsupportedError, both, either, negated, residual
from travistool.migrate.tasks import Tasks
from travistool.plan.decide import ALWAYS
from travistool.plan.expand import expand_with
from travistool.plan.model import BuildPlan, Decision, Event, Job, Stage
from travistool.plan.planning import Config, Planning
from travistool.schema.elements import Element
from travistool.schema.normalize import Normal

_WAY = "write the condition by hand where the job is defined"


class Possible(NamedTuple):
    """A job that may run: when it does, and when its failure is tolerated."""

    job: Job
    when: Condition
    tolerated: Condition


class Every(NamedTuple):
    """The plan of all jobs, its stages in order, and the condition of the root."""

    plan: BuildPlan
    stages: tuple[Stage, ...]
    jobs: tuple[Possible, ...]
    when: Condition


def every(normal: Normal, tasks: Tasks) -> Every:
    """Return all jobs that the config can have. What cannot be decided or written becomes a task."""
    planning = _Everything(normal)
    plan = expand_with(planning, Event(branch=None))
    read = _Reader(tasks)
    root = read.condition(planning.config.get("if"), planning.config, normal.root.get("if"))
    excluded = _excluded(normal, planning, plan, read)
    stages = {stage.name.lower(): read.condition(stage.config.get("if"), plan.config, None) for stage in plan.stages}
    jobs = []
    for job in plan.jobs:
        own = read.condition(job.config.get("if"), job.config, _place(job))
        staged = TRUE if job.stage is None else stages.get(job.stage.lower(), TRUE)
        tolerated = TRUE if job.allow_failure else read.tolerance(planning, job)
        left = excluded.get(_key(job), TRUE) if excluded else TRUE
        jobs.append(Possible(job, both(root, own, staged, left), tolerated))
    return Every(plan, plan.stages, tuple(jobs), root)


class _Everything(Planning):
    """Lets all conditions pass, but those of `exclude` and `allow_failures`, which it keeps; `active` passes, too."""

    def __init__(self, normal: Normal, active: Element | None = None) -> None:
        super().__init__(normal.root, None)
        for key in ("import", "merge_mode"):
            self.config.pop(key, None)
        self.active = active
        self.asked: list[Element] = []
        self.tolerated: dict[int, list[tuple[Any, Element | None, Config]]] = {}

    def decide(self, condition: Any, place: Element | None, config: Any) -> Decision:
        if condition is None:
            return ALWAYS
        path = place.path() if place is not None else ""
        if path.startswith("jobs.exclude") and place is not None:
            if place not in self.asked:
                self.asked.append(place)
            return Decision(place is self.active)
        if path.startswith("jobs.allow_failures"):
            self.tolerated.setdefault(id(config), []).append((condition, place, config))
            return Decision(False)
        return ALWAYS


class _Reader:
    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks
        self.known: dict[tuple[str, int], Condition] = {}

    def condition(self, text: Any, config: Any, place: Element | None) -> Condition:
        try:
            return residual(text, config)
        except UnsupportedError as error:
            span = place.span() if place is not None else None
            self.tasks.add("condition", f"the condition '{text}': {error}", _WAY, span, changes_rows=True)
            return TRUE

    def tolerance(self, planning: _Everything, job: Job) -> Condition:
        asked = planning.tolerated.get(id(job.config), ())
        return either(*[self.condition(text, config, place) for text, place, config in asked]) if asked else FALSE


def _excluded(normal: Normal, planning: _Everything, plan: BuildPlan, read: _Reader) -> dict[str, Condition]:
    """Return, for the jobs that a rule of `exclude` with a condition fits, when none of these rules applies."""
    found: dict[str, Condition] = {}
    for place in planning.asked:
        left = {_key(job) for job in expand_with(_Everything(normal, place), Event(branch=None)).jobs}
        for job in plan.jobs:
            if _key(job) not in left:
                applies = read.condition(place.plain(), job.config, place)
                found[_key(job)] = both(found.get(_key(job), TRUE), negated(applies))
    return found


def _key(job: Job) -> str:
    return json.dumps(job.config, sort_keys=True, default=str)


def _place(job: Job) -> Element | None:
    origin = job.origins.get("if")
    return origin.element if origin is not None else None
