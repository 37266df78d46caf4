"""The whole result as one JSON object. `seconds` are numbers; `log` is a path, or null."""

from __future__ import annotations

import json
from typing import Any

from travistool.simulate.result import BuildResult, JobResult, Phase


def text(result: BuildResult) -> str:
    """Return the report."""
    return json.dumps(record(result), indent=2, ensure_ascii=False) + "\n"


def record(result: BuildResult) -> dict[str, Any]:
    """Return a build as plain data."""
    return {
        "state": result.state,
        "event": result.event,
        "seconds": _seconds(result.seconds),
        "jobs": [job_record(job) for job in result.jobs],
    }


def job_record(job: JobResult) -> dict[str, Any]:
    """Return a job as plain data."""
    return {
        "number": job.number,
        "name": job.name,
        "stage": job.stage,
        "state": job.state,
        "exit_code": job.exit_code,
        "allow_failure": job.allow_failure,
        "skipped_because": job.because if job.state in ("skipped", "canceled") else None,
        "problem": job.because if job.state not in ("skipped", "canceled") and job.because else None,
        "seconds": _seconds(job.seconds),
        "phases": [_phase(phase) for phase in job.phases],
        "deployments": [
            {"provider": one.provider, "state": one.state, "reason": one.reason or None} for one in job.deployments
        ],
        "log": job.log or None,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "name": phase.name,
        "state": phase.state,
        "seconds": _seconds(phase.seconds),
        "commands": [
            {"command": one.text, "exit_code": one.exit_code, "seconds": _seconds(one.seconds)}
            for one in phase.commands
        ],
    }


def _seconds(value: float) -> float:
    return round(value, 3)
