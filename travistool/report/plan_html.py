"""The build as one page: stages as columns, jobs as cards, each value with its origin. Needs no network and no server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Any, NamedTuple

from travistool.plan.deployments import deployments
from travistool.plan.model import Job, Skipped
from travistool.plan.phases import PHASES, language_of, phases, skipped
from travistool.report.layout import Style, plural, printable
from travistool.report.plan_job import commands, config_lines, deploy_calls, when
from travistool.report.plan_size import first_jobs
from travistool.report.plan_unknown import unknown
from travistool.report.plan_view import PlanView, condition, describe, origin, place, stage, title, variable
from travistool.schema.store import load

_FEW = 6
"""So many things that do not run are shown at once, more when they are unfolded."""

_PLACE = re.compile(r"@([A-Z]+)@")


class Value(NamedTuple):
    """What a card shows, and where it is from."""

    text: str
    origin: str


def text(view: PlanView, style: Style) -> str:
    """Return the page."""
    # Imported late: only this view needs them.
    from base64 import b64encode  # noqa: PLC0415
    from hashlib import sha256  # noqa: PLC0415

    script = "\n" + _template("plan.js")
    view = first_jobs(view)
    plan = view.plan
    parts = {
        "TITLE": f"{_text(view.path)} - travistool",
        "PATH": _text(view.path),
        "EVENT": _text(describe(plan.event, view.mask)),
        "STARTS": _starts(view),
        "COUNT": plural(len(plan.jobs), "job"),
        "STAGES": "\n".join(_stages(view)),
        "DETAILS": "\n".join([_detail(view, job) for job in plan.jobs]),
        "SKIPPED": _skipped(view),
        "SCRIPT": script,
        # The browser runs this script only, whatever a config may hold.
        "CSP": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
    }
    page = _PLACE.sub(lambda found: parts[found[1]], _template("plan.html"))
    return page.encode("utf-8", "replace").decode()


def _template(name: str) -> str:
    return files("travistool.report").joinpath(name).read_text(encoding="utf-8")


def _text(text: str) -> str:
    return escape(printable(text))


def _starts(view: PlanView) -> str:
    starts = view.starts
    look, said = ("yes", "a build starts") if starts.build else ("no", "no build starts")
    at = f" ({place(starts.span, view.path)})" if starts.span is not None and not starts.build else ""
    rest = "; the jobs are those that would run" if not starts.build and view.plan.jobs else ""
    return f'<span class="badge {look}">{said}</span> {_text(view.mask.text(starts.because) + at + rest)}'


def _stages(view: PlanView) -> Iterator[str]:
    plan = view.plan
    staged = {job.number for stage in plan.stages for job in stage.jobs}
    others = [job for job in plan.jobs if job.number not in staged]
    if others:
        yield _stage(view, "" if not plan.stages else "Jobs", "", others)
    for one in plan.stages:
        when = view.mask.text(one.condition.condition) if one.condition.condition else ""
        yield _stage(view, view.mask.text(one.name[:1].upper() + one.name[1:]), when, one.jobs)
    if not plan.jobs:
        yield '<p class="dim">There are no jobs.</p>'


def _stage(view: PlanView, name: str, when: str, jobs: Iterable[Job]) -> str:
    found = list(jobs)
    counted = plural(len(found), "job")
    head = f"<h2>{_text(name)} <small>{counted}</small></h2>" if name else ""
    shown = f'<p class="when">if <code>{_text(when)}</code></p>' if when else ""
    cards = "\n".join([_card(view, job, name) for job in found])
    return f'<section class="stage" style="--jobs: {len(found)}">{head}{shown}<ul class="jobs">{cards}</ul></section>'


def _card(view: PlanView, job: Job, stage: str) -> str:
    values = list(_values(view, job))
    shown = "".join([_value(value) for value in values])
    when = condition(job, view.mask)
    notes = ['<span class="badge may">may fail</span>'] if job.allow_failure else []
    for one in deployments(job, view.plan.event):
        if one.answer != "no":
            look, more = ("yes", "") if one.answer == "yes" else ("may", "?")
            because = escape(printable(view.mask.text(one.because)), quote=True)
            name = _text(view.mask.text(one.provider))
            notes.append(f'<span class="badge {look}" title="{because}">deploys {name}{more}</span>')
    words = " ".join([stage, job.number, title(job, view.mask), when, *[value.text for value in values]])
    words += " may fail" if job.allow_failure else ""
    look = "job tolerated" if job.allow_failure else "job"
    asked = f'<p class="when">if <code>{_text(when)}</code></p>' if when else ""
    noted = f'<div class="notes">{"".join(notes)}</div>' if notes else ""
    return (
        f'<li class="{look}" data-number="{job.number}" data-text="{escape(printable(words.lower()), quote=True)}">'
        f'<a href="#job-{job.number}">{_name(view, job)}</a>'
        f'<ul class="values">{shown}</ul>{asked}{noted}</li>'
    )


def _value(value: Value) -> str:
    where = f'<span class="origin" role="tooltip">{_text(value.origin)}</span>' if value.origin else ""
    return f'<li class="value" tabindex="0">{_text(value.text)}{where}</li>'


def _name(view: PlanView, job: Job) -> str:
    name = title(job, view.mask)
    return f'<span class="number">{job.number}</span> {_text(name)}' if name else job.number


def _values(view: PlanView, job: Job) -> Iterator[Value]:
    """Yield the values that tell jobs apart, each with its origin; variables that all jobs share are left out."""
    versions = [key for key in language_of(job).versions[:1] if _given(job.config.get(key))]
    yield from _language(view, job, versions)
    platform = ("os", "dist", "osx_image", "arch")
    for key in dict.fromkeys([*(key for key in load().axes if key not in (*platform, *versions, "env")), *platform]):
        value, found = job.config.get(key), job.origins.get(key)
        if _given(value):
            name = "" if key in platform else f"{key} "
            yield Value(f"{name}{_plain(view, value)}", origin(found, view.path))
    for name, value, where in job.variables():
        if where.kind not in ("root", "import"):
            yield Value(variable(name, value, view.mask), origin(where, view.path))


def _given(value: Any) -> bool:
    return value not in (None, False, "", [])


def _plain(view: PlanView, value: Any) -> str:
    return view.mask.text(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _language(view: PlanView, job: Job, versions: list[str]) -> Iterator[Value]:
    """Yield the language, with its version if it has one, as people say it: `python 3.8`."""
    keys = [key for key in ("language", *versions) if _given(job.config.get(key))]
    if keys:
        origins = [f"{key}: {origin(job.origins.get(key), view.path)}" for key in keys]
        yield Value(" ".join([_plain(view, job.config[key]) for key in keys]), "; ".join(origins))


def _detail(view: PlanView, job: Job) -> str:
    named = stage(job.stage, view.plan, view.mask)
    placed = f" <small>stage {_text(named)}</small>" if named else ""
    rows = "".join(
        [
            f"<tr><td><code>{_text(line)}</code></td><td>{_text(where)}</td></tr>"
            for line, where in config_lines(view, job)
        ]
    )
    return (
        f'<section class="detail" id="job-{job.number}"><h2>{_name(view, job)}{placed}</h2>'
        f'<h3>Config, and where each value is from</h3><table class="config">{rows}</table>'
        f"<h3>Phases</h3>{''.join(_phases(view, job))}</section>"
    )


def _deploy(view: PlanView, job: Job) -> Iterator[str]:
    looks = {"yes": ("yes", "happens"), "no": ("no", "does not happen"), "depends": ("may", "may happen")}
    for one, call in deploy_calls(view, job):
        look, said = looks[one.answer]
        because = _text(view.mask.text(f"{one.because} ({place(one.span, view.path)})"))
        yield f'<p>{_text(one.provider)} <span class="badge {look}">{said}</span> {because}</p>'
        lines = "\n".join(
            [f"{'$' if number == 0 else ' '} {_text(' '.join(line))}" for number, line in enumerate(call)]
        )
        yield f"<pre>{lines}</pre>"


def _phases(view: PlanView, job: Job) -> Iterator[str]:
    found = {phase.name: phase for phase in phases(job, view.plan.event.repo or "")}
    left_out = skipped(job)
    for name in PHASES:
        if name in left_out:
            yield f'<p><b>{name}</b> <span class="dim">skipped by the config</span></p>'
        elif name in found:
            phase = found[name]
            source = f"default of {language_of(job).name}" if phase.is_default else origin(phase.origin, view.path)
            runs = when(view, job, phase)
            yield f'<div><b>{name}</b> <span class="dim">{_text(", ".join(filter(None, (source, runs))))}</span></div>'
            if name == "deploy":
                yield from _deploy(view, job)
                continue
            lines = "\n".join([_text(line) for line in commands(view, phase)])
            yield f"<pre>{lines}</pre>"


def _skipped(view: PlanView) -> str:
    found = [one for one in (*view.request.skipped, *view.plan.skipped) if one.kind in ("job", "stage", "import")]
    rows = "".join([f"<li>{_text(_reason(one, view))}</li>" for one in found])
    is_open = " open" if len(found) <= _FEW else ""
    head = f"<summary>Not run ({len(found)})</summary>"
    left = f'<details class="left"{is_open}>{head}<ul>{rows}</ul></details>' if found else ""
    missing = unknown([view])
    return left + (f"<p>{_text(missing[:1].upper() + missing[1:])}.</p>" if missing else "")


def _reason(one: Skipped, view: PlanView) -> str:
    what = one.what if one.kind == "job" else f"{one.kind} {one.what}"
    because = f"{one.reason}: {one.condition}" if one.condition else one.reason
    at = place(one.span, view.path)
    return view.mask.text(f"{what}: {because}" + (f" ({at})" if at else ""))
