"""What GitHub makes of a workflow: its `run` blocks are run in order, conditions and expressions are evaluated.

Source: docs.github.com, "Workflow syntax" (`shell`, `continue-on-error`, `if`), "Contexts", "Workflow commands". Actions
are stood in for: a checkout copies the repository, artifacts are kept in a folder, everything else does nothing.
"""

import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.migrate import checkouts, shells
from tests.migrate.cases import Outcome, Place, Ran, marks
from travistool.document.plain import load_plain
from travistool.migrate.github.engine import fill, holds, is_true, to_text
from travistool.migrate.github.evaluate import combinations, github_context, is_triggered
from travistool.plan.model import Event

_SHELLS: Mapping[str, str] = {"": "bash -e {0}", "bash": "bash --noprofile --norc -eo pipefail {0}", "sh": "sh -e {0}"}
_VALUE = re.compile(r"^(\w+)(?:=(.*)|<<(.+)\n((?:.*\n)*?)\3)$", re.MULTILINE)


def run(text: str, place: Place, event: Event, secrets: Mapping[str, str]) -> Outcome | None:
    """Return what comes of a workflow for an event; None where it does not start."""
    workflow = load_plain(text)
    assert isinstance(workflow, dict)
    return _Run(workflow, place, event, secrets).outcome() if is_triggered(workflow.get("on"), event) else None


class _Run:
    def __init__(self, workflow: dict[str, Any], place: Place, event: Event, secrets: Mapping[str, str]) -> None:
        self.workflow = workflow
        self.jobs: dict[str, dict[str, Any]] = workflow["jobs"]
        self.place = place
        self.contexts = {
            "github": github_context(event),
            "secrets": secrets,
            "vars": event.settings,
            "runner": {"os": "Linux", "temp": ""},
        }
        self.results: dict[str, dict[str, Any]] = {}
        self.ran: dict[str, Ran] = {}

    def outcome(self) -> Outcome:
        left = dict.fromkeys(self.jobs)
        while left:
            # Any job that may start does: the last one first, so that an order by chance is no order.
            name = [one for one in left if all(need in self.results for need in _listed(self.jobs[one].get("needs")))][
                -1
            ]
            del left[name]
            self.job(name, self.jobs[name])
        failed = any(one["result"] == "failure" for one in self.results.values())
        return Outcome("failed" if failed else "passed", self.ran)

    def job(self, name: str, job: dict[str, Any]) -> None:
        needs = {one: self.results[one] for one in _listed(job.get("needs"))}
        before = [self.results[one]["result"] for one in self.ancestors(name)]
        contexts = {**self.contexts, "needs": needs}
        self.results[name] = {"result": "skipped", "outputs": {}}
        if not holds(job.get("if"), contexts, _status(before)):
            return
        results = []
        rows = combinations((job.get("strategy") or {}).get("matrix"))
        for index, row in enumerate(rows):
            own = {**contexts, "matrix": row, "strategy": {"job-index": index, "job-total": len(rows)}}
            made = _Job(self, name, job, own)
            passed = made.run()
            tolerated = is_true(fill(job.get("continue-on-error", False), made.contexts, _status([])))
            results.append(passed or tolerated)
            self.results[name]["outputs"] |= made.outputs()
            if any("uses" in step or "name" in step for step in job["steps"]) and name != "gate":
                self.ran[made.title] = Ran("passed" if passed else "failed", marks(made.output))
        self.results[name]["result"] = "success" if all(results) else "failure"

    def ancestors(self, name: str) -> list[str]:
        found: dict[str, None] = {}
        waiting = _listed(self.jobs[name].get("needs"))
        while waiting:
            one = waiting.pop()
            found[one] = None
            waiting += _listed(self.jobs[one].get("needs"))
        return list(found)


class _Job:
    """A row on a machine of its own: a workspace, a folder for files, what steps have said so far."""

    def __init__(self, whole: _Run, name: str, job: dict[str, Any], contexts: dict[str, Any]) -> None:
        self.job = job
        self.place = whole.place
        self.title = to_text(fill(job.get("name", name), contexts, _status([])))
        folder = re.sub(r"\W", "_", f"{name}-{contexts['strategy']['job-index']}")
        self.environment = self.place.environment(folder)
        self.workspace = self.place.scratch / folder / "demo"
        self.temp = self.place.scratch / folder / "temp"
        self.temp.mkdir(parents=True)
        self.workspace.mkdir()
        self.files = {name: self.temp / name for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")}
        self.environment |= {
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
        }
        self.contexts = {
            **contexts,
            "github": {**contexts["github"], "workspace": str(self.workspace), "job": name},
            "runner": {"os": "Linux", "temp": str(self.temp)},
            "env": {},
            "steps": {},
        }
        self.failed = False
        self.output = ""
        self.groups: list[int] = []
        for env in (whole.workflow.get("env", {}), job.get("env", {})):
            self.contexts["env"] |= self.filled(env)

    def filled(self, env: Mapping[str, Any]) -> dict[str, str]:
        return {key: to_text(fill(value, self.contexts, self.status())) for key, value in env.items()}

    def status(self) -> Any:
        return _status(["failure"] if self.failed else [])

    def run(self) -> bool:
        """Run all steps; return whether the job has passed."""
        for step in self.job["steps"]:
            outcome, outputs = "skipped", dict[str, str]()
            if holds(step.get("if"), self.contexts, self.status()):
                passed, outputs = self.step(step)
                outcome = "success" if passed else "failure"
            goes_on = is_true(fill(step.get("continue-on-error", False), self.contexts, self.status()))
            self.failed = self.failed or (outcome == "failure" and not goes_on)
            conclusion = "success" if outcome == "failure" and goes_on else outcome
            if "id" in step:
                self.contexts["steps"][step["id"]] = {"outcome": outcome, "conclusion": conclusion, "outputs": outputs}
        for group in self.groups:
            shells.end(group)
        return not self.failed

    def outputs(self) -> dict[str, str]:
        return self.filled(self.job.get("outputs", {}))

    def step(self, step: dict[str, Any]) -> tuple[bool, dict[str, str]]:
        if "uses" in step:
            return self.action(step["uses"], self.filled(step.get("with", {}))), {}
        known = self.contexts["env"]
        self.contexts["env"] = {**known, **self.filled(step.get("env", {}))}
        for path in self.files.values():
            path.write_text("")
        script = self.temp / "script.sh"
        script.write_text(to_text(fill(step["run"], self.contexts, self.status())))
        shell = step.get("shell") or self.job.get("defaults", {}).get("run", {}).get("shell", "")
        command = [word.replace("{0}", str(script)) for word in shlex.split(_SHELLS.get(shell, shell))]
        own = {name: str(path) for name, path in self.files.items()}
        environment = {**self.environment, **self.contexts["env"], **own}
        finished = shells.run(command, environment, self.workspace)
        self.output += finished.output
        self.groups.append(finished.group)
        self.contexts["env"] = {**known, **_values(self.files["GITHUB_ENV"])}
        for line in self.files["GITHUB_PATH"].read_text().splitlines():
            self.environment["PATH"] = f"{line}{os.pathsep}{self.environment['PATH']}"
        return finished.status == 0, _values(self.files["GITHUB_OUTPUT"])

    def action(self, uses: str, given: Mapping[str, str]) -> bool:
        name = uses.partition("@")[0]
        kept = self.place.scratch / "artifacts" / given.get("name", "")
        match name:
            case "actions/checkout":
                self.workspace.rmdir()
                checkouts.check_out(self.place, self.workspace, checkouts.on_github(given))
            case "actions/upload-artifact":
                kept.mkdir(parents=True, exist_ok=True)
                for line in given["path"].splitlines():
                    shutil.copy(self.workspace / line, kept)
            case "actions/download-artifact":
                if not kept.is_dir():
                    return False
                shutil.copytree(kept, self.workspace / given.get("path", "."), dirs_exist_ok=True)
        return True


def _values(path: Path) -> dict[str, str]:
    found = _VALUE.finditer(path.read_text())
    return {one[1]: one[2] if one[2] is not None else one[4].removesuffix("\n") for one in found}


def _status(results: list[str]) -> dict[str, Any]:
    return {
        "success": lambda: all(one == "success" for one in results),
        "failure": lambda: "failure" in results,
        "always": lambda: True,
        "cancelled": lambda: False,
    }


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]
