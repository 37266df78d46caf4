"""The build as a Mermaid flow chart: a box per stage, its jobs in it, stages one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.plan.deployments import deployments
from travistool.plan.model import Job
from travistool.report.columns import cut
from travistool.report.layout import Style, printable
from travistool.report.plan_size import first_jobs
from travistool.report.plan_view import PlanView, condition, describe, language, platform, title, variables

_WIDEST = 60
_LOOKS = (
    "classDef tolerated stroke-dasharray: 5 4",
    "classDef deploys stroke-width: 3px",
)


def text(view: PlanView, style: Style) -> str:
    """Return the chart. Jobs that may fail are dashed, those that deploy have a thick border."""
    view = first_jobs(view)
    plan = view.plan
    starts = "a build starts" if view.starts.build else "no build starts"
    lines = [
        f"%% {printable(view.path)}: {printable(describe(plan.event, view.mask))}",
        f"%% {starts}: {printable(view.mask.text(view.starts.because))}",
        "flowchart LR",
    ]
    staged = {job.number for stage in plan.stages for job in stage.jobs}
    lines += [f"  {line}" for job in plan.jobs if job.number not in staged for line in _job(job, view)]
    for number, stage in enumerate(plan.stages, 1):
        name = view.mask.text(stage.name[:1].upper() + stage.name[1:])
        lines.append(f'  subgraph stage{number}["{_escape(name)}"]')
        lines.append("    direction LR")
        lines += [f"    {line}" for job in stage.jobs for line in _job(job, view)]
        lines.append("  end")
    lines += [f"  stage{number} --> stage{number + 1}" for number in range(1, len(plan.stages))]
    if not plan.jobs:
        lines.append('  none["no jobs"]')
    lines += [f"  {look}" for look in _LOOKS]
    return "\n".join(lines) + "\n"


def _job(job: Job, view: PlanView) -> Iterator[str]:
    node = f"job{job.number.replace('.', '_')}"
    when = condition(job, view.mask)
    facts = [
        f"{job.number} {title(job, view.mask)}".strip(),
        ", ".join([one for one in (platform(job), language(job, view.mask)) if one]),
        " ".join(variables(job, view.mask, own=True)),
        "may fail" if job.allow_failure else "",
        f"if {when}" if when else "",
    ]
    found = [one for one in deployments(job, view.plan.event) if one.answer != "no"]
    if found:
        names = [f"{one.provider}{' (depends)' if one.answer == 'depends' else ''}" for one in found]
        facts.append(view.mask.text(f"deploys: {', '.join(names)}"))
    label = "<br>".join([_escape(cut(fact, _WIDEST)) for fact in facts if fact])
    yield f'{node}["{label}"]'
    classes = [name for name, is_so in (("tolerated", job.allow_failure), ("deploys", bool(found))) if is_so]
    if classes:
        # One statement each: Mermaid knows no list of classes.
        yield from [f"class {node} {name}" for name in classes]


def _escape(text: str) -> str:
    """Return a text for a label in quotes: what Mermaid or its Markdown would take as markup becomes an entity."""
    found = printable(" ".join(text.split()))
    return "".join(f"#{ord(char)};" if char in _MARKUP else char for char in found)


_MARKUP = frozenset('"#;&<>`%\\')
