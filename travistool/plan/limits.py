"""How much is planned, and how much Travis runs. A few lines can ask for billions of jobs."""

import math
from collections.abc import Mapping

from travistool.diagnostics import Diagnostic, Severity
from travistool.plan.planning import Planning, children
from travistool.schema.elements import Element

MAX_JOBS = 200
"""Travis refuses a build with more jobs."""

MAX_ROWS = 10_000
"""A matrix of more jobs is not planned at all."""

MAX_COMPARISONS = 2_000_000
"""How often a rule of `exclude` or `allow_failures` may be held against a job: some seconds' work."""


def within_rows(planning: Planning, sizes: Mapping[str, int]) -> bool:
    """Tell whether a matrix with so many values per key can be planned; if not, say so at the largest key."""
    total = math.prod(sizes.values())
    if total <= MAX_ROWS:
        return True
    factors = " × ".join(f"{size} {key}" for key, size in sizes.items() if size > 1)
    largest = max(sizes, key=lambda key: sizes[key])
    message = (
        f"the matrix has {total:,} jobs ({factors}); Travis runs no build of more than {MAX_JOBS} jobs, "
        f"and more than {MAX_ROWS:,} are not planned"
    )
    _say(planning, "matrix-too-big", message, planning.root.get(largest))
    return False


def within_comparisons(planning: Planning, number: int) -> bool:
    """Tell whether so many jobs can be held against all rules; if not, say so at `jobs`."""
    rules = sum(len(part.items) for name in _RULES if (part := children(planning.root, "jobs", name)) is not None)
    if number * rules <= MAX_COMPARISONS:
        return True
    message = (
        f"{number:,} jobs and {rules:,} rules of jobs.exclude and jobs.allow_failures are too many to plan; "
        f"Travis runs no build of more than {MAX_JOBS} jobs"
    )
    _say(planning, "matrix-too-big", message, planning.root.get("jobs"))
    return False


_RULES = ("exclude", "allow_failures")


def check_jobs(planning: Planning, number: int) -> None:
    """Say where Travis would refuse the build for its number of jobs."""
    if number > MAX_JOBS:
        message = f"the build has {number:,} jobs, Travis runs no build of more than {MAX_JOBS}"
        _say(planning, "too-many-jobs", message, planning.root.get("jobs"))


def _say(planning: Planning, rule: str, message: str, place: Element | None) -> None:
    span = place.key_span() if place is not None else planning.root.first_key_span()
    planning.diagnostics.append(Diagnostic(rule, Severity.ERROR, message, span))
