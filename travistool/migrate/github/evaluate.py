"""What a workflow would run for an event: triggers, needs, conditions, the matrix, and the deployments of each row.

It reads the file as written, not the values it was made from. Sources: docs.github.com, "Workflow syntax" and "Events
that trigger workflows"; the tests compare with GitHub's own expression engine.
"""

from __future__ import annotations

import itertools
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate.github.engine import fill, holds, is_true, to_text
from travistool.migrate.github.expressions import GATE
from travistool.migrate.github.notify import NOTIFY
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_DEPLOYS = re.compile(r"Deploy with (.+)\Z")
_POSIX = re.compile(r"\[:(\w+):\]")
_CLASSES = {"digit": "0-9", "alpha": "A-Za-z", "alnum": "A-Za-z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s"}
_GUARDED = "Not deployed: the condition does not hold"


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a workflow would run; none where it does not start."""
    workflow = load_plain(text)
    if not isinstance(workflow, dict):
        raise TypeError("a workflow is a map")

    def evaluate(event: Event) -> tuple[Found, ...]:
        return tuple(_Run(workflow, event).rows()) if is_triggered(workflow.get("on"), event) else ()

    return evaluate


def github_context(event: Event) -> dict[str, Any]:
    """Return the `github` context of an event."""
    pull = event.type == "pull_request"
    names = {"push": "push", "pull_request": "pull_request", "cron": "schedule", "api": "workflow_dispatch"}
    repo = event.repo or "acme/demo"
    data: dict[str, Any] = {"repository": {"fork": bool(event.fork), "full_name": repo, "private": False}}
    if event.type == "push":
        data["head_commit"] = {"message": event.commit_message}
    if pull:
        head = {"ref": event.head_branch, "sha": "c", "repo": {"full_name": event.head_repo or repo}}
        data["pull_request"] = {"number": 1, "draft": bool(event.draft), "head": head, "base": {"sha": "b"}}
    return {
        "event_name": names[event.type],
        "ref_name": "1/merge" if pull else event.tag or event.branch,
        "ref_type": "tag" if event.tag else "branch",
        "base_ref": event.branch if pull else "",
        "head_ref": event.head_branch if pull else "",
        "repository": repo,
        "actor": event.sender or "someone",
        "event": data,
        "run_number": "1",
        "run_id": "1",
        "run_attempt": "1",
        "sha": "a",
        "server_url": "https://github.com",
        "job": "",
    }


def is_triggered(on: Any, event: Event) -> bool:
    """Tell whether an event starts a workflow with this `on`."""
    name = github_context(event)["event_name"]
    if not isinstance(on, dict) or name not in on:
        return False
    filters = on[name]
    if not isinstance(filters, dict):
        return True
    if name == "pull_request":
        return _passes(filters, "branches", event.branch or "")
    if event.tag:
        return _passes(filters, "tags", event.tag) if _has(filters, "tags") else not _has(filters, "branches")
    return _passes(filters, "branches", event.branch or "") if _has(filters, "branches") else not _has(filters, "tags")


def _has(filters: Mapping[str, Any], key: str) -> bool:
    return key in filters or f"{key}-ignore" in filters


def _passes(filters: Mapping[str, Any], key: str, name: str) -> bool:
    if key in filters:
        found = False
        for pattern in filters[key]:
            if pattern.startswith("!"):
                found = found and not _pattern(pattern[1:]).fullmatch(name)
            else:
                found = found or _pattern(pattern).fullmatch(name) is not None
        return found
    return not any(_pattern(pattern).fullmatch(name) for pattern in filters.get(f"{key}-ignore", ()))


def _pattern(glob: str) -> re.Pattern[str]:
    made, at = "", 0
    while at < len(glob):
        char = glob[at]
        if glob.startswith("**", at):
            made, at = f"{made}.*", at + 2
            continue
        if char == "\\":
            made += re.escape(glob[at + 1 : at + 2])
            at += 1
        elif char == "[":
            end = glob.index("]", at)
            made += glob[at : end + 1]
            at = end
        else:
            made += {"*": "[^/]*", "?": "?", "+": "+"}.get(char, re.escape(char))
        at += 1
    return re.compile(made, re.DOTALL)


class _Run:
    """One run of a workflow in which every script passes."""

    def __init__(self, workflow: Mapping[str, Any], event: Event) -> None:
        self.jobs: Mapping[str, Any] = workflow["jobs"]
        self.event = event
        settings = {**event.settings}
        self.contexts: dict[str, Any] = {"github": github_context(event), "vars": settings, "secrets": {}, "inputs": {}}
        self.env = workflow.get("env") or {}
        self.results: dict[str, str] = {}
        self.outputs: dict[str, dict[str, str]] = {}

    def rows(self) -> Iterator[Found]:
        for name in self.in_order():
            if name == NOTIFY:
                continue
            job = self.jobs[name]
            needed = _listed(job.get("needs"))
            before = self.ancestors(name)
            status = _status([self.results[one] for one in before])
            results = {one: {"result": self.results[one], "outputs": self.outputs.get(one, {})} for one in needed}
            contexts = {**self.contexts, "needs": results}
            runs = holds(job.get("if"), contexts, status)
            self.results[name] = "success" if runs else "skipped"
            if not runs:
                continue
            if name == GATE:
                self.outputs[name] = self.answers(job, contexts, status)
                continue
            for combination in combinations((job.get("strategy") or {}).get("matrix")):
                yield self.row(name, job, {**contexts, "matrix": combination}, before)

    def in_order(self) -> Iterator[str]:
        """Yield the jobs, each behind those that it needs."""
        left = dict.fromkeys(self.jobs)
        while left:
            ready = [one for one in left if not any(other in left for other in _listed(self.jobs[one].get("needs")))]
            if not ready:
                raise ValueError("jobs need each other in a circle")
            for one in ready:
                del left[one]
            yield from ready

    def ancestors(self, name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = _listed(self.jobs[name].get("needs"))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting += _listed(self.jobs[one].get("needs"))
        return tuple(found)

    def row(self, name: str, job: Mapping[str, Any], contexts: dict[str, Any], before: tuple[str, ...]) -> Found:
        status = _status([])
        contexts = {**contexts, "strategy": {"job-index": 0}, "runner": {"os": "Linux"}, "env": {}}
        env = {key: to_text(fill(text, contexts, status)) for key, text in {**self.env, **job.get("env", {})}.items()}
        script = {"outcome": "success", "conclusion": "success", "outputs": {"result": "passed", "done": "true"}}
        known = {step["id"]: script for step in job.get("steps", ()) if "id" in step}
        inner = {**contexts, "env": env, "steps": known}
        deploys = []
        for step in job.get("steps", ()):
            title = _DEPLOYS.match(step.get("name", ""))
            if title and holds(step.get("if"), inner, status):
                deploys.append((title[1], _GUARDED in step.get("run", "")))
        tolerated = is_true(fill(job.get("continue-on-error", False), contexts, status))
        return Found(
            to_text(fill(job.get("name", name), contexts, status)), name, before, tolerated, tuple(deploys), env
        )

    def answers(self, job: Mapping[str, Any], contexts: dict[str, Any], status: Any) -> dict[str, str]:
        """Return what the gate job says, by asking the same tools of the same patterns."""
        (step,) = job["steps"]
        env = {key: to_text(fill(text, contexts, status)) for key, text in step["env"].items()}
        found = {}
        for line in step["run"].splitlines():
            if line.startswith("answer ") and not line.startswith("answer()"):
                _, output, test, variable, pattern = shlex.split(line)
                found[output] = "true" if _asked(test, env[variable.removeprefix("$")], pattern) else "false"
        return found


def _status(results: list[str]) -> dict[str, Callable[[], bool]]:
    succeeded, failed = all(one == "success" for one in results), "failure" in results
    return {
        "success": lambda: succeeded,
        "failure": lambda: failed,
        "always": lambda: True,
        "cancelled": lambda: False,
    }


def _asked(test: str, value: str, pattern: str) -> bool:
    if not value:
        return False
    if test == "fits":
        from fnmatch import fnmatchcase  # noqa: PLC0415  # hardly ever asked

        return fnmatchcase(value, pattern)
    try:
        return any(re.search(_POSIX.sub(_as_set, pattern), line) for line in value.split("\n"))
    except re.error:
        # What Python cannot read, grep may: the same command as in the job.
        command = ["grep", "-qP", "-e", pattern]
        return subprocess.run(command, input=value.encode(), check=False).returncode == 0  # noqa: S603


def _as_set(found: re.Match[str]) -> str:
    return _CLASSES.get(found[1], found[0])


def combinations(matrix: Any) -> list[dict[str, Any]]:
    """Return the rows of a matrix, `include` and `exclude` as GitHub has them."""
    if not isinstance(matrix, dict):
        return [{}]
    axes = {key: _listed(value) for key, value in matrix.items() if key not in ("include", "exclude")}
    rows = [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())] if axes else []
    rows = [row for row in rows if not any(_fits(rule, row) for rule in matrix.get("exclude", ()))]
    original = [dict(row) for row in rows]
    for entry in matrix.get("include", ()):
        fitting = [number for number, row in enumerate(original) if _agrees(entry, row)]
        for number in fitting:
            rows[number] |= {key: value for key, value in entry.items() if key not in original[number]}
        if not fitting:
            rows.append(dict(entry))
    return rows


def _fits(rule: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in rule.items())


def _agrees(entry: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(key not in row or row[key] == value for key, value in entry.items())


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]
