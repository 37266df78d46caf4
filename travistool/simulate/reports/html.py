"""One page without anything from elsewhere: jobs by stage, phases, commands, and the last lines of what failed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from travistool.simulate.reports.summary import deployment
from travistool.simulate.result import SETUP, BuildResult, Command, JobResult, Phase, PhaseState

_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222;background:#fff}
h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}summary{cursor:pointer}
details{border:1px solid #ccc;border-left:6px solid #888;border-radius:4px;margin:.4em 0;padding:.4em .8em}
.passed{border-left-color:#2a7d2a}.failed,.errored{border-left-color:#b3261e}.canceled,.skipped{border-left-color:#999}
.ignored{border-left-color:#b07d00}table{border-collapse:collapse;width:100%}
td{padding:.1em .6em .1em 0;vertical-align:top}td:last-child{text-align:right;white-space:nowrap}
code,pre{font:13px/1.4 ui-monospace,monospace}pre{background:#f4f4f4;padding:.6em;overflow:auto;white-space:pre-wrap}
td pre{background:none;padding:0;margin:0}.bad td{color:#b3261e}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#262626}details{border-color:#444}.bad td{color:#f2857e}}
"""


def text(result: BuildResult) -> str:
    """Return the report."""
    title = f"Build {result.state}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_text(title)}</h1><p>{_text(result.event)}, {result.seconds:.1f} s</p>",
    ]
    for stage in result.stages:
        if stage.name:
            parts.append(f"<h2>{_text(stage.name)}: {stage.state}</h2>")
        parts += [_job(job) for job in stage.jobs]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _job(job: JobResult) -> str:
    name = f"{job.number} {job.name}" if job.name else job.number
    tolerated = ", allowed to fail" if job.allow_failure else ""
    opened = " open" if job.state in ("failed", "errored") else ""
    because = f"<p>{_text(job.because)}</p>" if job.because else ""
    tail = f"<pre>{_text(chr(10).join(job.tail))}</pre>" if job.state in ("failed", "errored") and job.tail else ""
    phases = "".join(_phases(job.phases))
    deployments = "".join(f"<p>{_text(deployment(one))}</p>" for one in job.deployments)
    color = "ignored" if tolerated and opened else job.state
    return (
        f'<details class="{color}"{opened}><summary><b>{_text(name)}</b>: {job.state}{tolerated}, '
        f"{job.seconds:.1f} s</summary>{because}{phases}{deployments}{tail}</details>"
    )


def _phases(phases: tuple[Phase, ...]) -> Iterator[str]:
    """Yield the phases, those of the set-up as one that has passed unless it ended the job."""
    before = [phase for phase in phases if phase.name in SETUP]
    if before:
        ended = (phase.state for phase in before if phase.state not in ("passed", "ignored"))
        worst: PhaseState = next(ended, "passed")
        commands = tuple([command for phase in before for command in phase.commands])
        yield _phase(Phase("setup", worst, sum(phase.seconds for phase in before), commands))
    yield from (_phase(phase) for phase in phases if phase.name not in SETUP)


def _phase(phase: Phase) -> str:
    opened = " open" if phase.state in ("failed", "errored") else ""
    head = f"{_text(phase.name)}: {phase.state}, {phase.seconds:.1f} s"
    rows = "".join(map(_command, phase.commands))
    return f'<details class="{phase.state}"{opened}><summary>{head}</summary><table>{rows}</table></details>'


def _command(one: Command) -> str:
    code = "" if one.exit_code is None else f"{one.exit_code}"
    bad = ' class="bad"' if one.exit_code else ""
    text_ = _text(one.text.strip())
    return f"<tr{bad}><td><pre>{text_}</pre></td><td>{code}</td><td>{one.seconds:.1f} s</td></tr>"


def _text(value: str) -> str:
    return html.escape(_COLORS.sub("", value))
