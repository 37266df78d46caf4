"""Whether a migrated config runs what Travis runs: for sample events, the rows of both sides are compared.

Travis's side is `expand` for the event, the other side what an evaluator of the target makes of the written file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from travistool.migrate.build import title_of
from travistool.migrate.providers import DEAD
from travistool.plan.deployments import deployment_name, deployments
from travistool.plan.expand import expand
from travistool.plan.model import BuildPlan, Event, Job
from travistool.plan.starts import starts
from travistool.schema.normalize import Normal

REPO = "acme/demo"
_NUMBERED = re.compile(r"(?: \(\d+\))*\Z")


class Found(NamedTuple):
    """One row that the migrated file would run. `job` is its job there, `before` the jobs that it waits for.

    `deployments` are names with whether the job's shell still has a word in it.
    """

    title: str
    job: str
    before: tuple[str, ...]
    tolerated: bool
    deployments: tuple[tuple[str, bool], ...]
    env: Mapping[str, str] = {}


class Difference(NamedTuple):
    """What is not equal: a row's title, and what is the matter with it."""

    title: str
    what: str


class Checked(NamedTuple):
    """The comparison for one event. `rows` is how many rows Travis would run."""

    event: str
    rows: int
    differences: tuple[Difference, ...]


Evaluator = Callable[[Event], Sequence[Found]]
"""What a target makes of one written file, event by event."""


def sample_events(default_branch: str = "master", repo: str = REPO) -> tuple[tuple[str, Event], ...]:
    """Return the events that are compared, each with its title."""
    shared = Event(repo=repo, sender="dev", commit_message="Update", default_branch=default_branch)
    pull = shared._replace(type="pull_request", branch=default_branch, head_branch="feature", head_repo=repo)
    return (
        (f"push to {default_branch}", shared._replace(branch=default_branch)),
        ("push to feature", shared._replace(branch="feature")),
        ("tag v1.0.0", shared._replace(branch="v1.0.0", tag="v1.0.0")),
        ("pull request", pull),
        ("fork's pull request", pull._replace(head_repo="someone/demo")),
        ("cron", shared._replace(type="cron", branch=default_branch)),
        ("api", shared._replace(type="api", branch=default_branch)),
    )


def verify(
    normal: Normal, evaluator: Evaluator, events: Sequence[tuple[str, Event]] | None = None
) -> tuple[Checked, ...]:
    """Compare both sides for each event."""
    return tuple([_checked(normal, evaluator, title, event) for title, event in events or sample_events()])


def _checked(normal: Normal, evaluator: Evaluator, title: str, event: Event) -> Checked:
    plan = expand(normal, event)
    # A build by the API may be asked for any branch: `branches` is for pushes, pull requests and cron builds.
    wanted = plan.jobs if starts(normal, event).build else ()
    found = tuple(evaluator(event))
    if event.type == "api" and not wanted:
        return Checked(title, 0, ())
    return Checked(title, len(wanted), tuple(_differences(plan, wanted, found, event)))


def _differences(plan: BuildPlan, wanted: Sequence[Job], found: Sequence[Found], event: Event) -> Iterator[Difference]:
    left = list(found)
    pairs: list[tuple[Job, Found]] = []
    for job in wanted:
        title = title_of(job)
        same = [row for row in left if row.title.startswith(title) and _NUMBERED.fullmatch(row.title, len(title))]
        if not same:
            yield Difference(title, "Travis runs it, the migrated file does not")
            continue
        equal = [row for row in same if _tolerance_and_deployments(job, row, event) == ""]
        row = (equal or same)[0]
        left.remove(row)
        pairs.append((job, row))
        problem = _tolerance_and_deployments(job, row, event)
        if problem:
            yield Difference(title, problem)
    for row in left:
        yield Difference(row.title, "the migrated file runs it, Travis does not")
    yield from _out_of_order(plan, pairs)


def _tolerance_and_deployments(job: Job, row: Found, event: Event) -> str:
    if job.allow_failure != row.tolerated:
        return f"its failure is {'' if job.allow_failure else 'not '}tolerated on Travis only"
    all_of_job = deployments(job, event)
    wanted = sorted(
        (deployment_name(one, all_of_job), one.answer == "depends")
        for one in all_of_job
        if one.answer != "no" and one.provider not in (*DEAD, "?")
    )
    found = sorted(row.deployments)
    return "" if wanted == found else f"Travis deploys {_listed(wanted)}, the migrated file {_listed(found)}"


def _listed(names: Sequence[tuple[str, bool]]) -> str:
    return ", ".join(f"{name} (if the shell agrees)" if depends else name for name, depends in names) or "nothing"


def _out_of_order(plan: BuildPlan, pairs: Sequence[tuple[Job, Found]]) -> Iterator[Difference]:
    places = {stage.name.lower(): number for number, stage in enumerate(plan.stages)}
    staged = [(places.get((job.stage or "").lower(), 0), row) for job, row in pairs]
    for number, row in staged:
        early = {other.job for place, other in staged if place < number}
        missing = sorted(early - set(row.before))
        if missing:
            yield Difference(row.title, f"it does not wait for {', '.join(missing)}, an earlier stage")
        if set(row.before) & {other.job for place, other in staged if place >= number}:
            yield Difference(row.title, "it waits for jobs of its own or a later stage")
