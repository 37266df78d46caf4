"""The build as a tree for people: stages, their jobs in columns, and what does not run."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.plan.deployments import deployments
from travistool.plan.model import Job, Skipped
from travistool.plan.stages import stage_title
from travistool.report.columns import aligned, cut, width, widths, wrap
from travistool.report.layout import BOLD, DIM, Style, paint, plural, printable
from travistool.report.plan_size import is_too_big, summary
from travistool.report.plan_unknown import unknown
from travistool.report.plan_view import PlanView, condition, describe, language, place, platform, title, variables
from travistool.report.plan_view import stage as stage_name

GREEN, YELLOW, RED, CYAN = "32", "33", "31", "36"
_COLORS = (BOLD, "", DIM, CYAN, "", YELLOW, DIM)
_MOST_SKIPPED = 20


def text(view: PlanView, style: Style) -> str:
    """Return the tree."""
    shown = summary(view, style) if is_too_big(view.plan) else [*_stages(view, style), "", *closing(view, style)]
    lines = [*headline(view, style), "", *shown]
    return "\n".join(lines) + "\n"


def headline(view: PlanView, style: Style) -> Iterator[str]:
    """Yield the first lines of all views for people: file, event, and whether a build starts."""
    event = printable(describe(view.plan.event, view.mask))
    yield f"{paint(style, BOLD, printable(view.path))}: {event}"
    starts = view.starts
    said = paint(style, GREEN, "a build starts") if starts.build else paint(style, RED, "no build starts")
    at = f" ({place(starts.span, view.path)})" if starts.span is not None and not starts.build else ""
    because = printable(view.mask.text(starts.because))
    yield f"{said}: {because}{paint(style, DIM, printable(at))}"
    if not starts.build and view.plan.jobs and not is_too_big(view.plan):
        yield paint(style, DIM, "what would run if it did:")


def _stages(view: PlanView, style: Style) -> Iterator[str]:
    plan = view.plan
    rows = {job.number: cells(job, view) for job in plan.jobs}
    indent = 3
    sizes = widths(list(rows.values()), style.width - indent) if rows else []

    def branches(jobs: tuple[Job, ...]) -> Iterator[str]:
        for index, job in enumerate(jobs, 1):
            last = index == len(jobs)
            line = aligned(rows[job.number], sizes, style, _COLORS)
            yield f"{paint(style, DIM, '└─' if last else '├─')} {line}"
            stem = paint(style, DIM, " " if last else "│")
            for note in _notes(job, view):
                yield f"{stem}  {paint(style, DIM, cut(note, style.width - indent))}"

    if not plan.stages:
        yield from branches(plan.jobs)
        return
    staged = {job.number for stage in plan.stages for job in stage.jobs}
    yield from branches(tuple([job for job in plan.jobs if job.number not in staged]))
    for number, stage in enumerate(plan.stages):
        if number:
            yield ""
        name = printable(stage_name(stage.name, plan, view.mask))
        when = f"  if {' '.join(stage.condition.condition.split())}" if stage.condition.condition else ""
        counted = f" ({plural(len(stage.jobs), 'job')})"
        rest = cut(f"{counted}{printable(view.mask.text(when))}", max(20, style.width - width(name)))
        yield f"{paint(style, BOLD, name)}{paint(style, DIM, rest)}"
        yield from branches(stage.jobs)


def cells(job: Job, view: PlanView) -> tuple[str, ...]:
    """Return the columns of a job: number, name, platform, language, variables, tolerated, condition."""
    when = condition(job, view.mask)
    found = (
        job.number,
        title(job, view.mask),
        platform(job),
        language(job, view.mask),
        " ".join(variables(job, view.mask, own=True)),
        "may fail" if job.allow_failure else "",
        f"if {when}" if when else "",
    )
    return tuple([printable(" ".join(cell.split())) for cell in found])


def _notes(job: Job, view: PlanView) -> Iterator[str]:
    """Yield a line about the job's deployments that happen, or may."""
    found = deploys(job, view)
    if found:
        yield f"     deploys: {found}"


def deploys(job: Job, view: PlanView) -> str:
    """Return the deployments of a job that happen, with a question mark those that may; `` for none."""
    found = [one for one in deployments(job, view.plan.event) if one.answer != "no"]
    names = [f"{one.provider}{'?' if one.answer == 'depends' else ''}" for one in found]
    return printable(view.mask.text(", ".join(names)))


def closing(view: PlanView, style: Style) -> Iterator[str]:
    """Yield what does not run, and the totals."""
    plan = view.plan
    skipped = [one for one in (*view.request.skipped, *plan.skipped) if one.kind in ("job", "stage", "import")]
    if skipped:
        yield paint(style, BOLD, "Not run:")
        for one in skipped[:_MOST_SKIPPED]:
            yield _skipped(one, view, style)
        if len(skipped) > _MOST_SKIPPED:
            yield paint(style, DIM, f"   ... and {len(skipped) - _MOST_SKIPPED} more; --why lists all")
        yield ""
    counted = plural(len(plan.jobs), "job")
    if plan.stages:
        counted += f" in {plural(len(plan.stages), 'stage')}"
    tolerated = sum(job.allow_failure for job in plan.jobs)
    if tolerated:
        counted += f", {tolerated} may fail"
    if skipped:
        counted += f"; {len(skipped)} not run"
    yield counted
    missing = unknown([view])
    if missing:
        yield from [paint(style, DIM, line) for line in wrap(missing, style.width)]


def _skipped(one: Skipped, view: PlanView, style: Style) -> str:
    at = place(one.span, view.path)
    name = stage_title(one.what) if one.kind == "stage" else one.what
    what = f"{one.kind} {name}" if one.kind != "job" else one.what
    because = f"{one.reason}: {one.condition}" if one.condition else one.reason
    plain = printable(view.mask.text(f"{what}: {' '.join(because.split())}"))
    room = max(20, style.width - 3 - len(at) - 2)
    return f" {paint(style, DIM, '-')} {cut(plain, room)}  {paint(style, DIM, printable(at))}"
