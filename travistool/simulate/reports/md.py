"""Markdown: a table of jobs, and what went wrong below it."""

from __future__ import annotations

import re

from travistool.simulate.reports.summary import deployment
from travistool.simulate.result import BuildResult, JobResult

_SIGNS = {"passed": "✅", "failed": "❌", "errored": "💥", "canceled": "⏹", "skipped": "⏭"}
_MEANT = re.compile(r"[\\|`*\[\]]")
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def text(result: BuildResult) -> str:
    """Return the report."""
    lines = [
        f"## {_SIGNS[result.state]} Build {result.state}",
        "",
        f"{_cell(result.event)}, {result.seconds:.1f} s",
        "",
        "| job | stage | state | time | |",
        "| --- | --- | --- | ---: | --- |",
        *[_row(job) for job in result.jobs],
    ]
    for job in result.jobs:
        if job.state in ("failed", "errored") and job.tail:
            lines += ["", f"### {_cell(_title(job))}", "", "```text", *[_plain(line) for line in job.tail], "```"]
    told = [f"- {_cell(_title(job))}: {_cell(deployment(one))}" for job in result.jobs for one in job.deployments]
    return "\n".join([*lines, *([""] if told else []), *told]) + "\n"


def _row(job: JobResult) -> str:
    tolerated = " (allowed to fail)" if job.allow_failure and job.state in ("failed", "errored") else ""
    failing = next((phase for phase in job.phases if phase.state in ("failed", "errored")), None)
    told = _cell(job.because)
    if not told and failing is not None and failing.failing is not None:
        told = f"{failing.name}: {_code(failing.failing.text)} exited with {failing.failing.exit_code}"
    cells = (
        _cell(_title(job)),
        _cell(job.stage or ""),
        f"{_SIGNS[job.state]} {job.state}{tolerated}",
        f"{job.seconds:.1f} s",
        told,
    )
    return f"| {' | '.join(cells)} |"


def _title(job: JobResult) -> str:
    return f"{job.number} {job.name}" if job.name else job.number


def _code(text: str) -> str:
    """Return the first line of a command as code, in which only bars mean something to a table."""
    first = _plain(text.strip().split("\n")[0]).replace("|", "\\|")
    return f"`` {first} ``" if "`" in first else f"`{first}`"


def _cell(text: str) -> str:
    """Return a text of others: no part of it is Markdown, or HTML."""
    return _MEANT.sub(r"\\\g<0>", _plain(text)).replace("\n", " ").replace("<", "&lt;")


def _plain(text: str) -> str:
    # A line must not close the block that it is in.
    return _COLORS.sub("", text).replace("```", "'''")
