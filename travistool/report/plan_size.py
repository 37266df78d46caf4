"""What a build that is too big is made of, in place of a list of all its jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from travistool.plan.limits import MAX_JOBS, too_big
from travistool.plan.model import BuildPlan
from travistool.report.columns import aligned, widths
from travistool.report.layout import BOLD, DIM, Style, paint, plural, printable
from travistool.report.plan_view import PlanView, place

_SHOWN = 3


_REASONS = 3


def is_too_big(plan: BuildPlan) -> bool:
    """Tell whether Travis would refuse the build for the number of its jobs, so that views do not list them all."""
    return too_big(plan) is not None


def summary(view: PlanView, style: Style) -> Iterator[str]:
    """Yield what makes the jobs: matrix keys with their number of values, entries, and why some are left out."""
    plan = view.plan
    rows: list[tuple[str, ...]] = []
    for factor in plan.factors:
        if factor.multiplies and factor.number == 1:
            continue
        counted = plural(factor.number, "value") if factor.multiplies else _entries(factor.number)
        sign = ("×" if factor.multiplies else "+") if rows else ""
        at = place(factor.span, view.path)
        rows.append((sign, factor.key, f"{counted} ({at})" if at else counted))
    reasons = Counter(one.reason for one in plan.skipped if one.kind == "job")
    rows += [("-", plural(number, "job"), reason) for reason, number in reasons.most_common(_REASONS)]
    if rows:
        yield paint(style, BOLD, "What makes the jobs:")
        sizes = widths(rows, style.width - 2)
        yield from [f"  {printable(view.mask.text(aligned(row, sizes, style)))}" for row in rows]
        if len(reasons) > _REASONS:
            yield paint(
                style, DIM, f"  ... and {plural(len(reasons) - _REASONS, 'more reason')} for which jobs are left out"
            )
        yield ""
    if plan.jobs:
        yield f"{len(plan.jobs):,} jobs, and Travis runs {MAX_JOBS} at most"
        yield paint(style, DIM, "--format jsonl lists them all")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def first_jobs(view: PlanView) -> PlanView:
    """Return a view that shows only as many jobs as Travis runs, for pictures of builds that are too big."""
    plan = view.plan
    if len(plan.jobs) <= MAX_JOBS:
        return view
    jobs = plan.jobs[:MAX_JOBS]
    kept = {job.number for job in jobs}
    stages = [stage._replace(jobs=tuple([job for job in stage.jobs if job.number in kept])) for stage in plan.stages]
    shown = plan._replace(jobs=jobs, stages=tuple([stage for stage in stages if stage.jobs]))
    because = f"{view.starts.because}; only the first {MAX_JOBS} are shown"
    return view._replace(plan=shown, starts=view.starts._replace(because=because))
