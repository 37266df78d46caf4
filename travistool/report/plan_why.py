"""What happens and what does not, with the deciding condition, the values it saw, and the place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from travistool.plan.trace import missing
from travistool.plan.why import Why, grouped, why
from travistool.report.columns import cut, wrap
from travistool.report.layout import BOLD, DIM, Style, paint, printable
from travistool.report.plan_json import starts_record, why_record
from travistool.report.plan_size import is_too_big
from travistool.report.plan_tree import GREEN, RED, YELLOW, headline
from travistool.report.plan_view import PlanView, place
from travistool.report.record import Record

_TITLES = {
    "build": "Build",
    "import": "Imports",
    "stage": "Stages",
    "job": "Jobs",
    "exclude": "Rules of exclude",
    "allow_failure": "Jobs that may fail",
    "notification": "Notifications",
    "deployment": "Deployments",
}
_MOST = 10
"""So many decisions of a kind are shown about a build that is too big."""

_SIGNS = {"yes": ("✔", GREEN), "no": ("✘", RED), "depends": ("?", YELLOW)}


def record(view: PlanView) -> Record:
    """Return the decisions as data, secrets masked."""
    found = [view.mask.value(why_record(one)) for one in why(view.request, view.plan, view.starts)]
    return {"path": view.path, "starts": starts_record(view.starts), "why": found}


def text(view: PlanView, style: Style) -> str:
    """Return the list, a heading per kind."""
    first, *_ = headline(view, style)
    lines = [first]
    for kind, group in groupby(why(view.request, view.plan, view.starts), key=lambda one: one.kind):
        lines += ["", paint(style, BOLD, _TITLES[kind])]
        if not view.starts.build and kind != "build":
            lines.append(paint(style, DIM, "what would be if the build started:"))
        found = grouped(group)
        most = _MOST if is_too_big(view.plan) else len(found)
        for one in found[:most]:
            lines.extend(_lines(one, view, style))
        if len(found) > most:
            lines.append(paint(style, DIM, f"  ... and {len(found) - most:,} more; --format jsonl lists all"))
    return "\n".join(lines) + "\n"


def _lines(one: Why, view: PlanView, style: Style) -> Iterator[str]:
    sign, color = _SIGNS[one.answer]
    mask = view.mask
    what = printable(mask.text(one.what))
    because = printable(mask.text(" ".join(one.because.split())))
    at = printable(place(one.span, view.path))
    first, *rest = wrap(f"{what}: {because}" + (f" ({at})" if at else ""), max(24, style.width - 2))
    if one.answer == "yes" and first.startswith(what):
        first = paint(style, BOLD, what) + first[len(what) :]
    yield f"{paint(style, color, sign)} {first}"
    yield from [f"  {line}" for line in rest]
    if one.condition is None:
        return
    condition = printable(mask.text(" ".join(one.condition.split())))
    yield f"    {paint(style, DIM, cut(f'if {condition}', style.width - 4))}"
    for number, term in enumerate(one.terms, 1):
        saw = [f"{name} is {_seen(name, value, view)}" for name, value in term.saw]
        part = printable(mask.text(" ".join(term.text.split())))
        verdict = "holds" if term.holds else "does not hold"
        values = f": {printable(', '.join(saw))}" if saw else ""
        lead = f"{part} " if part != condition else ""
        stem = "└─" if number == len(one.terms) else "├─"
        yield f"    {paint(style, DIM, cut(f'{stem} {lead}{verdict}{values}', style.width - 4))}"
        if term.hint:
            bar = " " if number == len(one.terms) else "│"
            for line in wrap(printable(mask.text(term.hint)), max(24, style.width - 7)):
                yield f"    {paint(style, DIM, f'{bar}  {line}')}"


def _seen(name: str, value: object, view: PlanView) -> str:
    option = missing(name, view.plan.event.data()) if value is None else ""
    return f"not given ({option})" if option else _value(view.mask.named(_bare(name), value))


def _bare(name: str) -> str:
    return name[4:-1] if name.startswith("env(") else name


def _value(value: object) -> str:
    if value is None:
        return "not there"
    if isinstance(value, bool):
        return "true" if value else "false"
    return cut(f"'{' '.join(str(value).split())}'", 60)
