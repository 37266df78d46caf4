"""What is shown before a run: the jobs, their commands, and what cannot work here."""

from __future__ import annotations

from collections.abc import Iterable

from travistool.plan.model import Job
from travistool.plan.phases import phases, skipped
from travistool.report.layout import Style, printable
from travistool.report.plan_view import PlanView, describe, language, place, platform, variables
from travistool.report.plan_view import stage as stage_title
from travistool.simulate.preflight import Notice
from travistool.simulate.result import BuildResult, Phase, listed
from travistool.simulate.script.facts import Build

_COLORS = {"skipped": "33", "problem": "31", "note": "36"}
_NOT_ISOLATED = (
    "the host engine runs jobs as you, in a private copy: nothing keeps them from the rest of this machine\n"
)


def notices_text(notices: Iterable[Notice], engine: str, view: PlanView, *, color: bool) -> str:
    """Return what to know before a run, a line each, hints behind."""
    lines = [_styled("warning", "33", color=color) + f": {_NOT_ISOLATED}"] if engine == "host" else []
    for one in notices:
        jobs = listed(one.jobs)
        where = f"{place(one.span)}: " if one.span is not None else ""
        whom = f" [{jobs}]" if jobs else ""
        text = printable(view.mask.text(f"{where}{one.message}{whom}"))
        lines.append(f"{_styled(one.severity, _COLORS[one.severity], color=color)}: {text}\n")
        if one.hint:
            lines.append(f"  {printable(view.mask.text(one.hint))}\n")
    return "".join(lines)


def listing(
    view: PlanView, jobs: tuple[Job, ...], notices: tuple[Notice, ...], build: Build, *, dry: bool, style: Style
) -> str:
    """Return the jobs of a run by stage; `dry` adds their commands."""
    lines = [f"{describe(view.plan.event, view.mask)}, commit {build.commit[:12] or 'none'}\n"]
    known = None
    for job in jobs:
        if job.stage and job.stage.lower() != known:
            known = job.stage.lower()
            lines.append(f"\n{stage_title(job.stage, view.plan, view.mask)}\n")
        lines.append(f"  {_described(job, view)}\n")
        if dry:
            lines += [f"    {line}\n" for line in _commands(job, view, build)]
    told = notices_text(notices, "", view, color=style.color)
    return "".join(lines) + (f"\n{told}" if told else "")


def missing_text(result: BuildResult, engine: str) -> str:
    """Return what to do about commands that were not found and counted; `` where all were."""
    numbers = [job.number for job in result.jobs if any(_lacks(phase) for phase in job.phases)]
    if not numbers:
        return ""
    here = "install it on this machine, or use --engine docker"
    there = "the image lacks it: name another one with --image KEY=IMAGE, or install it in before_install"
    return f"{listed(numbers)}: a command was not found (127): {here if engine == 'host' else there}\n"


def _lacks(phase: Phase) -> bool:
    failing = phase.failing
    return phase.state in ("failed", "errored") and failing is not None and failing.exit_code == _NOT_FOUND


_NOT_FOUND = 127


def _described(job: Job, view: PlanView) -> str:
    parts = [view.mask.text(job.name or ""), language(job, view.mask), platform(job)]
    parts += [" ".join(variables(job, view.mask, own=True))]
    parts += ["allowed to fail"] if job.allow_failure else []
    return printable(f"{job.number}  " + ", ".join(part for part in parts if part))


def _commands(job: Job, view: PlanView, build: Build) -> Iterable[str]:
    for phase in phases(job, build.repo):
        if phase.is_default:
            yield f"{phase.name}: what the language does by default"
        for entry in phase.entries:
            first, *more = entry.text.strip().split("\n")
            yield printable(view.mask.text(f"{phase.name}: {first}" + (" ..." if more else "")))
    for name in skipped(job):
        yield f"{name}: skipped by the config"


def _styled(text: str, code: str, *, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
