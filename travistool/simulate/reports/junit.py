"""JUnit XML: a suite a stage, a case a job. A tolerated failure is a skipped case that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from travistool.simulate.result import BuildResult, JobResult, StageResult

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def text(result: BuildResult) -> str:
    """Return the report."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {_counts(result.jobs)} time={_time(result.seconds)} name={_value(result.event)}>",
        *[line for stage in result.stages for line in _suite(stage)],
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _suite(stage: StageResult) -> list[str]:
    name = stage.name or "build"
    opening = f"  <testsuite name={_value(name)} {_counts(stage.jobs)} time={_time(stage.seconds)}>"
    return [opening, *[line for job in stage.jobs for line in _case(job, name)], "  </testsuite>"]


def _case(job: JobResult, suite: str) -> list[str]:
    title = f"{job.number} {job.name}" if job.name else job.number
    opening = f"    <testcase classname={_value(suite)} name={_value(title)} time={_time(job.seconds)}"
    inside = _outcome(job)
    return [f"{opening}>", *inside, "    </testcase>"] if inside else [f"{opening}/>"]


def _outcome(job: JobResult) -> list[str]:
    if job.state == "passed":
        return []
    message = job.because or _message(job)
    if job.state in ("skipped", "canceled") or job.allow_failure:
        told = f"{job.state}, allowed to fail: {message}" if job.allow_failure else f"{job.state}: {message}"
        return [f"      <skipped message={_value(told)}/>"]
    kind = "failure" if job.state == "failed" else "error"
    tail = escape(_clean("\n".join(job.tail)))
    return [f"      <{kind} message={_value(message)} type={_value(job.state)}>{tail}</{kind}>"]


def _message(job: JobResult) -> str:
    for phase in job.phases:
        if phase.state in ("failed", "errored") and phase.failing is not None:
            return f"{phase.name}: '{phase.failing.text}' exited with {phase.failing.exit_code}"
    return f"exited with {job.exit_code}"


def _counts(jobs: Iterable[JobResult]) -> str:
    listed = list(jobs)
    counting = [job for job in listed if not job.allow_failure]
    failures = sum(job.state == "failed" for job in counting)
    errors = sum(job.state == "errored" for job in counting)
    idle = sum(job.state in ("skipped", "canceled") for job in listed)
    idle += sum(job.allow_failure and job.state in ("failed", "errored") for job in listed)
    return f'tests="{len(listed)}" failures="{failures}" errors="{errors}" skipped="{idle}"'


def _time(seconds: float) -> str:
    return f'"{seconds:.3f}"'


def _value(value: str) -> str:
    return quoteattr(_clean(value))


def _clean(value: str) -> str:
    return _NO_XML.sub("\ufffd", _COLORS.sub("", value))
