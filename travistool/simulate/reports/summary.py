"""The end of a run for people: jobs against phases, what counted and what did not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from travistool.simulate.output import TRAVIS_LOG_BYTES
from travistool.simulate.result import (
    SETUP,
    BuildResult,
    DeploymentResult,
    JobResult,
    JobState,
    Phase,
    PhaseState,
    listed,
)

_COLORS = {"passed": "32", "failed": "31", "errored": "31", "canceled": "90", "skipped": "90", "ignored": "33"}
_SIGNS: dict[PhaseState, str] = {
    "passed": "ok",
    "failed": "failed",
    "errored": "error",
    "ignored": "ignored",
    "canceled": "stopped",
}
_TAIL = 12
_STYLES = r"\x1b\[[\d;]*[A-Za-z]"
_WORTH = 0.1
_LEAST_SECONDS = 1


def text(result: BuildResult, *, color: bool = False) -> str:
    """Return the summary: a table, then what is worth a line."""
    jobs = result.jobs
    columns = _columns(jobs)
    rows = [["job", *columns, "time", "state"], *[_row(job, columns) for job in jobs]]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        if number:
            cells[-1] = _colored(row[-1], jobs[number - 1].state, color=color)
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, "", *_remarks(result), _closing(result, color=color)]) + "\n"


def tails(result: BuildResult, *, color: bool = False) -> str:
    """Return the last lines of each job that did not pass, and where its whole log is; for who has not seen them."""
    lines = []
    for job in result.jobs:
        if job.state in ("failed", "errored") and (job.tail or job.log):
            title = f"{job.number} {job.name}" if job.name else job.number
            lines += [_colored(f"{title} {job.state}", job.state, color=color)]
            lines += [f"    {re.sub(_STYLES, '', line)}" for line in job.tail[-_TAIL:]]
            lines += [f"    the whole log: {job.log}"] if job.log else []
    return "".join(f"{line}\n" for line in lines)


def _columns(jobs: Iterable[JobResult]) -> list[str]:
    found = dict.fromkeys(_column(phase) for job in jobs for phase in job.phases)
    return [name for name in _ORDER if name in found]


_ORDER = (
    *("setup", "before_install", "install", "before_script", "script", "before_cache", "after_success"),
    *("before_deploy", "deploy", "after_deploy", "after_failure", "after_script"),
)


def _column(phase: Phase) -> str:
    return "setup" if phase.name in SETUP else phase.name


def _row(job: JobResult, columns: list[str]) -> list[str]:
    title = f"{job.number} {job.name}" if job.name else job.number
    cells = [_cell([phase for phase in job.phases if _column(phase) == name]) for name in columns]
    state = f"{job.state}, allowed to fail" if job.allow_failure and job.state in ("failed", "errored") else job.state
    return [title, *cells, f"{job.seconds:.1f}s", state]


def _cell(phases: list[Phase]) -> str:
    if not phases:
        return ""
    worst = next((phase for phase in phases if phase.state not in ("passed", "ignored")), None)
    ignored = any(phase.state == "ignored" for phase in phases) and phases[0].name not in SETUP
    seconds = sum(phase.seconds for phase in phases)
    sign = _SIGNS[worst.state] if worst is not None else "ignored" if ignored else ""
    return f"{sign} {seconds:.1f}s".strip()


def _remarks(result: BuildResult) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for job in result.jobs:
        if job.because:
            reasons.setdefault(f"{job.state}, {job.because}", []).append(job.number)
    for told, numbers in reasons.items():
        yield f"{listed(numbers)}: {told}"
    for job in result.jobs:
        title = f"{job.number} {job.name}" if job.name else job.number
        yield from (f"{title}: {told}" for told in _of_job(job))
        for phase in job.phases:
            failing = phase.failing
            if failing is None:
                continue
            if phase.state in ("failed", "errored"):
                yield f"{title}: {phase.name}: '{_first(failing.text)}' exited with {failing.exit_code}"
            elif phase in job.ignored:
                yield f"{title}: {phase.name}: '{_first(failing.text)}' exited with {failing.exit_code}, ignored by Travis"
        for one in job.deployments:
            yield f"{title}: {deployment(one)}"


def deployment(one: DeploymentResult) -> str:
    """Return what became of a deployment, in words."""
    told = {
        "dry": "would run (dry run: --deploy script or --deploy all does it)",
        "skipped": f"not run: {one.reason.rstrip('.')}",
        "deployed": "done",
        "failed": "failed",
        "ignored": "failed, which is allowed",
    }
    return f"deployment with {one.provider}: {told[one.state]}"


def _of_job(job: JobResult) -> Iterator[str]:
    if job.log_bytes > TRAVIS_LOG_BYTES:
        yield f"{job.log_bytes / 1e6:.1f} MB of log: Travis would have ended the job as errored at {TRAVIS_LOG_BYTES / 1e6} MB"
    if job.kept:
        yield f"kept: {job.kept}"


def _closing(result: BuildResult, *, color: bool) -> str:
    jobs = result.jobs
    skipped = sum(job.state == "skipped" for job in jobs)
    aside = f", {skipped} of {len(jobs)} jobs not run here" if skipped and result.state != "skipped" else ""
    state = "nothing could run here" if result.state == "skipped" else f"build {result.state}"
    told = _colored(state, result.state, color=color)
    path = result.critical
    least = sum(job.seconds for job in path)
    # Worth saying where stages wait for each other, or more jobs side by side would have been quicker.
    is_worth_it = len(path) > 1 or (
        bool(least) and result.seconds - least > max(_WORTH * result.seconds, _LEAST_SECONDS)
    )
    critical = f", critical path {least:.1f} s ({', '.join(job.number for job in path)})" if is_worth_it else ""
    return f"{told}{aside}: {result.seconds:.1f} s{critical}"


def _colored(text_: str, state: JobState, *, color: bool) -> str:
    return f"\x1b[{_COLORS[state]}m{text_}\x1b[0m" if color else text_


def _first(command: str) -> str:
    lines = command.strip().split("\n")
    return lines[0] if len(lines) == 1 else f"{lines[0]} ..."
