"""How much is planned, and how much Travis runs. A few lines can ask for billions of jobs."""

from __future__ import annotations

import math

from travistool.diagnostics import Diagnostic, Severity
from travistool.plan.model import BuildPlan, Factor
from travistool.plan.planning import Planning, children
from travistool.schema.elements import Element

MAX_JOBS = 200
"""Travis refuses a build with more jobs."""

MAX_ROWS = 10_000
"""A matrix of more jobs is not planned at all."""

MAX_COMPARISONS = 2_000_000
"""How often a rule of `exclude` or `allow_failures` may be held against a job: some seconds' work."""


def within_rows(planning: Planning) -> bool:
    """Tell whether the matrix of the factors so far can be planned; if not, say so at the largest key."""
    total = math.prod(factor.number for factor in planning.factors)
    if total <= MAX_ROWS:
        return True
    message = (
        f"the matrix has {total:,} jobs ({_product(planning.factors)}); Travis runs no build of more than {MAX_JOBS} "
        f"jobs, and more than {MAX_ROWS:,} are not planned"
    )
    _say(planning, "matrix-too-big", message)
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
        sizes = [one.number for one in planning.factors if one.multiplies]
        every = math.prod(sizes) if sizes else 0
        made = [_product(planning.factors)] if any(map(_counts, planning.factors)) else []
        for one in planning.factors:
            if not one.multiplies:
                made.append(f"{one.number:,} of jobs.include")
                every += one.number
        dropped = f" - {every - number:,} left out" if every > number else ""
        because = f" ({' + '.join(made)}{dropped})" if made else ""
        message = f"the build has {number:,} jobs{because}, Travis runs no build of more than {MAX_JOBS}"
        _say(planning, "too-many-jobs", message)


def too_big(plan: BuildPlan) -> Diagnostic | None:
    """Return the finding for which Travis would refuse the build for its size; None for a build that is small enough."""
    return next((one for one in plan.diagnostics if one.rule in ("matrix-too-big", "too-many-jobs")), None)


def _counts(factor: Factor) -> bool:
    return factor.multiplies and factor.number > 1


def _product(factors: list[Factor]) -> str:
    return " × ".join(f"{one.number} {one.key}" for one in factors if _counts(one))


def _say(planning: Planning, rule: str, message: str, place: Element | None = None) -> None:
    """Say it at a place, else at the factor with the highest number."""
    largest = max((one for one in planning.factors if one.span is not None), key=lambda one: one.number, default=None)
    span = planning.root.first_key_span() if largest is None or largest.span is None else largest.span
    if place is not None:
        span = place.key_span()
    planning.diagnostics.append(Diagnostic(rule, Severity.ERROR, message, span))
