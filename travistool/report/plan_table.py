"""All jobs as one table, a line each, and what does not run."""

from __future__ import annotations

from travistool.report.columns import aligned, widths
from travistool.report.layout import BOLD, Style, paint, printable
from travistool.report.plan_size import is_too_big, summary
from travistool.report.plan_tree import cells, closing, deploys, headline
from travistool.report.plan_view import PlanView, stage

_HEAD = ("job", "stage", "name", "platform", "language", "variables", "tolerated", "condition", "deploys")


def text(view: PlanView, style: Style) -> str:
    """Return the table; columns that would be empty are left out."""
    if is_too_big(view.plan):
        return "\n".join([*headline(view, style), "", *summary(view, style)]) + "\n"
    rows = []
    for job in view.plan.jobs:
        number, name, platform, language, variables, tolerated, condition = cells(job, view)
        shown = printable(stage(job.stage, view.plan, view.mask)) if view.plan.stages else ""
        when, deployed = condition.removeprefix("if "), deploys(job, view)
        rows.append((number, shown, name, platform, language, variables, tolerated, when, deployed))
    used = [any(column) for column in zip(*rows, strict=True)] if rows else [False] * len(_HEAD)
    head = tuple([title if is_used else "" for title, is_used in zip(_HEAD, used, strict=True)])
    lines = [*headline(view, style), ""]
    if rows:
        sizes = widths([head, *rows], style.width)
        lines.append(paint(style, BOLD, aligned(head, sizes, style)))
        lines.extend(aligned(row, sizes, style) for row in rows)
    else:
        lines.append("no jobs")
    return "\n".join([*lines, "", *closing(view, style)]) + "\n"
