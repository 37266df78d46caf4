"""Which jobs of a build to run: by job, by stage, or those that failed last time."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from travistool.cli.planning import find_job
from travistool.errors import UsageError
from travistool.grammar.similar import suggest
from travistool.plan.model import BuildPlan, Job
from travistool.simulate.digest import digest


def home() -> str:
    """Return our folder in the user's cache: logs, caches of jobs, what came of the last run."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "travistool")


def project(folder: str) -> str:
    """Return the name that a project's files have there."""
    return digest(os.path.realpath(folder))


def chosen(
    plan: BuildPlan, jobs: tuple[str, ...], stages: tuple[str, ...], failed: Mapping[str, Any] | None
) -> tuple[Job, ...]:
    """Return the jobs to run, in their order. `failed` is the last result, None unless it is asked for."""
    found = plan.jobs
    if jobs:
        wanted = {find_job(plan, one).number for one in jobs}
        found = tuple([job for job in found if job.number in wanted])
    if stages:
        names = {_stage(plan, one) for one in stages}
        found = tuple([job for job in found if (job.stage or "").lower() in names])
    if failed is not None:
        bad = {(one["number"], one["name"]) for one in failed["jobs"] if one["state"] not in ("passed", "skipped")}
        found = tuple([job for job in found if (job.number, job.name) in bad])
    return found


def _stage(plan: BuildPlan, wanted: str) -> str:
    names = [stage.name for stage in plan.stages]
    if wanted.lower() in {name.lower() for name in names}:
        return wanted.lower()
    similar = suggest(names, wanted)
    hint = f"did you mean '{similar}'?" if similar else f"there are: {', '.join(names)}" if names else ""
    raise UsageError(f"there is no stage '{wanted}'" if names else "the build has no stages", hint)


def last(folder: str) -> Mapping[str, Any]:
    """Return the last result of a project. Raises UsageError without one."""
    try:
        with open(_path(folder), encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("jobs"), list):
        raise UsageError("nothing was run here before", "run without --only-failed first")
    return found


def remember(folder: str, text: str) -> None:
    """Keep a result for the next run; that it cannot be kept does not matter."""
    path = _path(folder)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        with open(_place(project(folder)), "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(os.path.realpath(folder))
    except OSError:
        return


def folder_of(name: str) -> str:
    """Return the folder of a project that was run here, by its name among our files; `` when that is not known."""
    try:
        with open(_place(name), encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""


def _place(name: str) -> str:
    return os.path.join(home(), "last", f"{name}.folder")


def _path(folder: str) -> str:
    return os.path.join(home(), "last", f"{project(folder)}.json")
