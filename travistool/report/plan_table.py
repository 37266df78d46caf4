"""All jobs as one table, a line each."""

from travistool.report.columns import aligned, widths
from travistool.report.layout import BOLD, Style, paint, printable
from travistool.report.plan_tree import cells, headline
from travistool.report.plan_view import PlanView, stage

_HEAD = ("job", "stage", "name", "platform", "language", "variables", "tolerated", "condition")


def text(view: PlanView, style: Style) -> str:
    """Return the table; columns that would be empty are left out."""
    rows = []
    for job in view.plan.jobs:
        number, name, platform, language, variables, tolerated, condition = cells(job, view)
        shown = printable(stage(job.stage, view.plan, view.mask)) if view.plan.stages else ""
        rows.append((number, shown, name, platform, language, variables, tolerated, condition.removeprefix("if ")))
    used = [any(column) for column in zip(*rows, strict=True)] if rows else [False] * len(_HEAD)
    head = tuple([title if is_used else "" for title, is_used in zip(_HEAD, used, strict=True)])
    lines = [*headline(view, style), ""]
    if rows:
        sizes = widths([head, *rows], style.width)
        lines.append(paint(style, BOLD, aligned(head, sizes, style)))
        lines.extend(aligned(row, sizes, style) for row in rows)
    else:
        lines.append("no jobs")
    return "\n".join(lines) + "\n"
