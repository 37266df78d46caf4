"""From a normalized config and an event to the build that Travis would run. Read this first.

matrix ─▶ stages ─▶ notifications ─▶ tolerances ─▶ order        (travis-yml configs/configs.rb at 8d6f36f)
"""

from __future__ import annotations

from travistool.plan.allow import with_tolerances
from travistool.plan.limits import check_jobs
from travistool.plan.matrix import matrix, without_repeated
from travistool.plan.model import BuildPlan, Event, Job, Stage
from travistool.plan.notifications import notifications
from travistool.plan.order import ordered
from travistool.plan.planning import Config, Draft, Planning
from travistool.plan.stages import StageDraft, stage_of, with_stages
from travistool.schema.normalize import Normal

_DROPPED = ("import", "merge_mode")


def expand(normal: Normal, event: Event, *, ignore_conditions: bool = False) -> BuildPlan:
    """Return the build of a config for an event. Never raises for what a config may hold.

    `ignore_conditions` takes all conditions as holding: the plan then has each job that any event can bring.
    """
    return expand_with(Planning(normal.root, None if ignore_conditions else event.data()), event)


def expand_with(planning: Planning, event: Event) -> BuildPlan:
    """Return the build as `planning` decides its conditions."""
    for key in _DROPPED:
        planning.config.pop(key, None)
    jobs = every = matrix(planning)  # all jobs, but those whose own condition does not hold
    matrix_messages, planning.messages = planning.messages, []
    stages, jobs = with_stages(planning, jobs)  # their stages; not those of stages that are not run
    left = notifications(planning)  # not those whose condition does not hold
    jobs = with_tolerances(planning, jobs)  # jobs that may fail are marked
    jobs = ordered(stages, jobs)  # by stage, tolerated ones last
    if not _same(jobs, every):
        jobs = without_repeated(planning, jobs)  # stages and marks may have made jobs equal
    check_jobs(planning, len(jobs))
    config = {**planning.config, "notifications": left}
    made = tuple(_job(draft, number) for number, draft in enumerate(jobs, 1))
    return BuildPlan(
        config={key: value for key, value in config.items() if value is not None},
        event=event,
        stages=tuple(_stage(stage, made) for stage in stages),
        jobs=made,
        matrix=tuple([draft.config for draft in every]),
        skipped=tuple(planning.skipped),
        notifications=left,
        matrix_messages=tuple(matrix_messages),
        messages=tuple(planning.messages),
        diagnostics=tuple(planning.diagnostics),
        factors=tuple(planning.factors),
    )


def _same(jobs: list[Draft], every: list[Draft]) -> bool:
    """Tell whether no step has changed a job."""
    known = {id(job) for job in every}
    return all(id(job) in known for job in jobs)


def _job(draft: Draft, number: int) -> Job:
    config = draft.config
    name, tolerated = config.get("name"), config.get("allow_failure")
    return Job(
        f"1.{number}",
        name if isinstance(name, str) else None,
        stage_of(draft),
        tolerated is not None and tolerated is not False,
        config,
        draft.origins,
        draft.env,
        draft.condition,
    )


def _stage(stage: StageDraft, jobs: tuple[Job, ...]) -> Stage:
    key = stage.key
    mine = tuple(job for job in jobs if job.stage is not None and job.stage.lower() == key)
    span = stage.element.span() if stage.element is not None else None
    return Stage(_name(stage.config), stage.config, mine, span, stage.condition)


def _name(config: Config) -> str:
    name = config.get("name")
    return name if isinstance(name, str) else ""
