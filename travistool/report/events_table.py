"""Seven events against jobs and deployments: one table that shows what runs when."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from travistool.plan.deployments import ON_REPOSITORY, PULL_REQUEST, Deployment, deployment_name, deployments
from travistool.plan.equality import identity
from travistool.plan.model import Job
from travistool.report.columns import cut, pad, width, wrap
from travistool.report.layout import BOLD, DIM, Style, paint, plural, printable
from travistool.report.plan_json import starts_record
from travistool.report.plan_size import is_too_big, summary
from travistool.report.plan_tree import GREEN, RED, YELLOW, headline
from travistool.report.plan_unknown import unknown
from travistool.report.plan_view import PlanView, language, platform, title, variables
from travistool.report.plan_view import stage as stage_name
from travistool.report.record import Record
from travistool.source import Span

Column = tuple[str, PlanView]

_WIDEST = 9
_REASONS = 2
_SIGNS = {
    "runs": ("✔", GREEN),
    "may fail": ("~", YELLOW),
    "yes": ("✔", GREEN),
    "depends": ("?", YELLOW),
    "no": ("·", DIM),
    "": ("·", DIM),
}


class Row(NamedTuple):
    """A job, or one of its deployments, with one answer per event; `` where it is not there."""

    kind: str
    name: str
    stage: str
    answers: tuple[str, ...]
    becauses: tuple[str, ...]
    span: Span | None = None


def rows(columns: Sequence[Column]) -> list[Row]:
    """Return jobs with their deployments. Jobs of several events are one when their configs are, tolerance apart."""
    found = [_jobs(view) for _, view in columns]
    result = []
    for key in _order([list(jobs) for jobs in found]):
        mine = [jobs.get(key) for jobs in found]
        job, view = next((one, view) for one, (_, view) in zip(mine, columns, strict=True) if one is not None)
        answers = ["" if one is None else "may fail" if one.allow_failure else "runs" for one in mine]
        stage = stage_name(job.stage, view.plan, view.mask) if view.plan.stages else ""
        result.append(Row("job", _name(job, view), stage, tuple(answers), ("",) * len(columns)))
        made = [deployments(one, view.plan.event) if one else () for one, (_, view) in zip(mine, columns, strict=True)]
        result.extend(_deployments(view, stage, made))
    return result


def _jobs(view: PlanView) -> dict[Hashable, Job]:
    found: dict[Hashable, Job] = {}
    for job in view.plan.jobs:
        found[identity({key: value for key, value in job.config.items() if key != "allow_failure"})] = job
    return found


def _order(lists: Iterable[list[Hashable]]) -> list[Hashable]:
    """Return all keys once; one that is new stands behind the key before it."""
    order: list[Hashable] = []
    for keys in lists:
        at = 0
        for key in keys:
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
    return order


def _name(job: Job, view: PlanView) -> str:
    told = [
        title(job, view.mask),
        language(job, view.mask),
        " ".join(variables(job, view.mask, own=True)),
        platform(job),
    ]
    parts = [one for one in told if one]
    return parts[0] if job.name else ", ".join(parts) or "job"


def _deployments(view: PlanView, stage: str, made: Sequence[tuple[Deployment, ...]]) -> Iterator[Row]:
    longest = max(made, key=len)
    for index, first in enumerate(longest):
        mine = [one[index] if index < len(one) else None for one in made]
        answers = tuple(["" if one is None else one.answer for one in mine])
        becauses = tuple(["" if one is None else view.mask.text(one.because) for one in mine])
        yield Row(
            "deployment", view.mask.text(deployment_name(first, longest)), stage, answers, becauses, _entry(first)
        )


def _entry(one: Deployment) -> Span | None:
    """Return where a deployment is written; jobs that share it have the same."""
    origin = one.job.origins.get("deploy")
    return None if origin is None else origin.span


def record(view: PlanView, columns: Sequence[Column]) -> Record:
    """Return the table as data, secrets masked."""
    return {
        "path": view.path,
        "events": [
            {"event": name, "data": view.mask.value(one.plan.event.data()), "starts": starts_record(one.starts)}
            for name, one in columns
        ],
        "rows": [
            {
                "kind": row.kind,
                "name": row.name,
                "stage": row.stage or None,
                "happens": [answer or "no" for answer in row.answers],
                **({"because": list(row.becauses)} if row.kind == "deployment" else {}),
            }
            for row in rows(columns)
        ],
    }


def text(view: PlanView, columns: Sequence[Column], style: Style) -> str:
    """Return the table for people."""
    if all(is_too_big(one.plan) for _, one in columns):
        return "\n".join([*headline(view, style), "", *summary(view, style)]) + "\n"
    every = rows(columns)
    found = [row for row in every if row.kind == "job" or set(_shown(row, columns)) & {"yes", "depends"}]
    heads = [wrap(name, _WIDEST) for name, _ in columns]
    sizes = [max(map(width, head)) for head in heads]
    labels = list(_labels(found))
    room = style.width - sum(sizes) - 2 * len(sizes)
    first = min(max(map(width, labels), default=3), max(20, room))
    height = max(map(len, heads))
    lines = [paint(style, BOLD, printable(view.path)), ""]
    for level in range(height):
        shown = [head[level - height + len(head)] if level >= height - len(head) else "" for head in heads]
        cells = [_middle(printable(view.mask.text(one)), size) for one, size in zip(shown, sizes, strict=True)]
        lines.append(paint(style, BOLD, "  ".join([pad("", first), *cells]).rstrip()))
    builds = ["yes" if one.starts.build else "no" for _, one in columns]
    lines.append(_line("a build starts", builds, first, sizes, style))
    stage = ""
    for label, row in zip(labels, found, strict=True):
        if row.stage != stage:
            stage = row.stage
            lines += ["", paint(style, BOLD, printable(stage[:1].upper() + stage[1:]))]
        lines.append(_line(label, _shown(row, columns), first, sizes, style))
    return "\n".join([*lines, "", *_never(every, columns, style), *_legend(found, columns, style)]) + "\n"


def _shown(row: Row, columns: Sequence[Column]) -> list[str]:
    """Return the answers of a row; none for events that start no build."""
    return [answer if one.starts.build else "" for answer, (_, one) in zip(row.answers, columns, strict=True)]


def _never(found: Iterable[Row], columns: Sequence[Column], style: Style) -> Iterator[str]:
    """Yield lines about jobs' deployments that happen for none of the events, each once for all jobs that share it."""
    same: dict[tuple[str, Span | None], list[Row]] = {}
    for row in found:
        if row.kind == "deployment":
            same.setdefault((row.name, row.span), []).append(row)
    lines = []
    for (name, _), rows_of in same.items():
        never = [row for row in rows_of if not set(_shown(row, columns)) & {"yes", "depends"}]
        reasons = list(dict.fromkeys([_reason(row, columns) for row in never]))
        if len(never) < len(rows_of) and reasons == [PULL_REQUEST]:
            # Of a job that only pull requests have nobody expects it.
            continue
        if never:
            more = [f"and {plural(len(reasons) - _REASONS, 'more reason')}"] if len(reasons) > _REASONS else []
            part = "" if len(never) == len(rows_of) else f"{len(never)} of "
            lines.append(f"{name} in {part}{plural(len(rows_of), 'job')}: {'; '.join([*reasons[:_REASONS], *more])}")
    if not lines:
        return
    yield "Deployments that never happen here:"
    for line in lines:
        yield from [f"  {one}" for one in wrap(printable(line), max(24, style.width - 2))]
    yield ""


def _reason(row: Row, columns: Sequence[Column]) -> str:
    """Return why a deployment never happens: the build that it is for does not start, or else its first reason."""
    for answer, (name, one) in zip(row.answers, columns, strict=True):
        if answer in ("yes", "depends"):
            return f"no build for {one.mask.text(name)}: {one.mask.text(one.starts.because)}"
    told = [because for because in row.becauses if because]
    own = [
        because
        for because, (_, one) in zip(row.becauses, columns, strict=True)
        if because and one.starts.build and one.plan.event.data().get("type") != "pull_request"
    ]
    return next(iter(own or told), "")


def _labels(found: Iterable[Row]) -> Iterator[str]:
    for row in found:
        indent = "  " if row.stage else ""
        yield printable(indent + (row.name if row.kind == "job" else f"  deploys {row.name}"))


def _middle(text: str, size: int) -> str:
    free = max(0, size - width(text))
    return " " * (free // 2) + text + " " * (free - free // 2)


def _line(label: str, answers: Sequence[str], first: int, sizes: Sequence[int], style: Style) -> str:
    cells = []
    for answer, size in zip(answers, sizes, strict=True):
        sign, color = ("✘", RED) if (label, answer) == ("a build starts", "no") else _SIGNS[answer]
        cells.append(_middle(sign, size).replace(sign, paint(style, color, sign)))
    return "  ".join([pad(cut(label, first), first), *cells]).rstrip()


def _legend(found: Sequence[Row], columns: Sequence[Column], style: Style) -> Iterator[str]:
    answers = {answer for row in found for answer in row.answers}
    told = ["✔ happens", "· does not"]
    told += ["~ runs and may fail"] if "may fail" in answers else []
    told += [f"? depends on {_open(found)}"] if "depends" in answers else []
    lines = [f"{', '.join(told)}; --why says the reasons for one event"]
    refused: dict[str, list[str]] = {}
    for name, one in columns:
        if not one.starts.build:
            refused.setdefault(one.mask.text(one.starts.because), []).append(one.mask.text(name))
    for because, names in refused.items():
        events = "all events" if len(names) == len(columns) else ", ".join(names)
        lines.append(f"no build for {events}: {because}")
    missing = unknown([one for _, one in columns])
    for line in [*lines, missing] if missing else lines:
        yield from [paint(style, DIM, part) for part in wrap(printable(line), style.width)]


def _open(found: Sequence[Row]) -> str:
    """Return what the open answers depend on, in general."""
    becauses = [
        because
        for row in found
        for answer, because in zip(row.answers, row.becauses, strict=True)
        if answer == "depends"
    ]
    of_repo = [because for because in becauses if because.startswith(ON_REPOSITORY)]
    parts = ["what the job's shell says"] if len(of_repo) < len(becauses) else []
    parts += ["the repository (--repo)"] if of_repo else []
    return " or ".join(parts)
