"""Short ways to plans and to what matters in them."""

from collections.abc import Mapping
from typing import Any

from travistool.pipeline import read
from travistool.plan.expand import expand
from travistool.plan.model import BuildPlan, Event, Job
from travistool.schema.normalize import Normal
from travistool.source import Source


def normal(text: str) -> Normal:
    found = read(Source(".travis.yml", text)).normal
    assert found is not None
    return found


def plan(text: str, **event: Any) -> BuildPlan:
    return expand(normal(text), Event(**event))


def short(jobs: tuple[Job, ...], *keys: str) -> list[Any]:
    """Return one value, or a tuple of values, per job."""
    return [row[0] if len(row) == 1 else row for row in (tuple(job.config.get(key) for key in keys) for job in jobs)]


def skipped(found: BuildPlan) -> list[tuple[str, str, str, str | None]]:
    """Return kind, name, reason and the text to blame of what does not happen."""
    return [(one.kind, one.what, one.reason, one.span.text if one.span else None) for one in found.skipped]


def origins(job: Job) -> Mapping[str, tuple[str, str | None]]:
    """Return kind and written text of the origin of each key."""
    return {key: (one.kind, one.span.text if one.span else None) for key, one in job.origins.items()}
