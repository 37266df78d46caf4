"""What the conditions of a build ask for and nobody has told: Travis knows it, we do not."""

from __future__ import annotations

from collections.abc import Iterable

from travistool.plan.trace import missing
from travistool.plan.why import why
from travistool.report.plan_view import PlanView


def unknown(views: Iterable[PlanView]) -> str:
    """Return a sentence on the attributes that are not given, each with its option; `` where none is asked for."""
    found: dict[str, str] = {}
    for view in views:
        data = view.plan.event.data()
        for one in why(view.request, view.plan, view.starts):
            for term in one.terms:
                found |= {name: missing(name, data) for name, value in term.saw if value is None}
    told = [f"{name} ({option})" for name, option in found.items() if option]
    if not told:
        return ""
    are = "is" if len(told) == 1 else "are"
    return f"not known here, and so blank in conditions, {are} {', '.join(told)}"
