"""What an Azure pipeline would run for an event: triggers, conditions, stages, the answers of the gate, deployments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from travistool.document.plain import load_plain
from travistool.migrate.asked import deployments, holds
from travistool.migrate.azure.jobs import TITLE, unescaped
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|([A-Za-z][\w.]*(?:\['[^']*'\])?)|([(),]))")
_ANSWER = re.compile(r"^if (.+); then answer (\w+) true; else", re.MULTILINE)
Value: TypeAlias = str | bool


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a run would have."""
    pipeline = load_plain(text)
    if not isinstance(pipeline, dict):
        raise TypeError("a pipeline is a map")
    return lambda event: tuple(_rows(pipeline, event)) if _starts(pipeline, event) else ()


def _starts(pipeline: Mapping[str, Any], event: Event) -> bool:
    """Tell whether a trigger starts a run. By hand and by the API, every branch can be run."""
    match event.type:
        case "api":
            return True
        case "pull_request":
            return _fits(pipeline["pr"]["branches"], event.branch or "")
        case "cron":
            return any(_fits(one["branches"], event.branch or "") for one in pipeline["schedules"])
        case _:
            return _fits(pipeline["trigger"]["tags" if event.tag else "branches"], event.tag or event.branch or "")


def _fits(chosen: Mapping[str, list[str]], name: str) -> bool:
    return any(one in ("*", name) for one in chosen["include"]) and name not in chosen.get("exclude", [])


def _rows(pipeline: Mapping[str, Any], event: Event) -> Iterator[Found]:
    names = _variables(event)
    ran: dict[str, list[str]] = {}
    for stage in pipeline.get("stages") or [{"stage": "", "jobs": pipeline["jobs"]}]:
        before = tuple([name for one in stage.get("dependsOn", []) for name in ran[one]])
        ran[stage["stage"]] = []
        for job in stage["jobs"]:
            scripts = "\n".join(unescaped(step["bash"]) for step in job["steps"] if "bash" in step)
            if stage["stage"] == "gate":
                answers = {name: holds(test, event) for test, name in _ANSWER.findall(scripts)}
                names |= {
                    f"stageDependencies.gate.gate.outputs['ask.{name}']": str(answer).lower()
                    for name, answer in answers.items()
                }
            elif condition_holds(job.get("condition", "succeeded()"), names):
                ran[stage["stage"]].append(job["job"])
                tolerated = job.get("continueOnError") == "true"
                deployed = tuple(deployments(scripts, event))
                for title in titles(job):
                    yield Found(title, job["job"], before, tolerated, deployed)


def titles(job: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the rows of a job are called, each leg of its matrix by a variable."""
    legs = job.get("strategy", {}).get("matrix", {"": {TITLE: job["displayName"]}})
    return tuple([unescaped(leg[TITLE]) for leg in legs.values()])


def _variables(event: Event) -> dict[str, str]:
    """Return the variables of an event, by the names that conditions have for them."""
    reasons = {"push": "IndividualCI", "pull_request": "PullRequest", "cron": "Schedule", "api": "Manual"}
    pull = event.type == "pull_request"
    found = {
        "Build.Reason": reasons[event.type],
        "Build.SourceBranch": (
            "refs/pull/1/merge" if pull else f"refs/tags/{event.tag}" if event.tag else f"refs/heads/{event.branch}"
        ),
        "Build.Repository.Name": event.repo or "",
        "System.PullRequest.TargetBranch": (event.branch or "") if pull else "",
        "System.PullRequest.SourceBranch": (event.head_branch or "") if pull else "",
        "System.PullRequest.IsFork": str(event.head_repo != event.repo) if pull else "",
        "REPO_IS_FORK": str(bool(event.fork)).lower(),
        **event.settings,
    }
    return {f"variables['{name}']": value for name, value in found.items()}


def condition_holds(text: str, names: Mapping[str, str]) -> bool:
    """Tell whether a condition holds, when nothing has failed before. Texts compare without regard to case."""
    return _Parser(text, names).value() is True


class _Parser:
    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self.tokens = [found.groups() for found in _TOKEN.finditer(text)]
        self.at = 0
        self.names = names

    def value(self) -> Value:
        text, name, sign = self.tokens[self.at]
        self.at += 1
        if text is not None:
            return str(text).replace("''", "'")
        if name is None:
            raise ValueError(f"{sign!r} is no value")
        if self.at < len(self.tokens) and self.tokens[self.at][2] == "(":
            return self.call(name)
        return name == "true" if name in ("true", "false") else self.names.get(name, "")

    def call(self, name: str) -> bool:
        self.at += 1
        values: list[Value] = []
        while self.tokens[self.at][2] != ")":
            if self.tokens[self.at][2] == ",":
                self.at += 1
            values.append(self.value())
        self.at += 1
        return _called(name, values)


def _called(name: str, values: list[Value]) -> bool:
    texts = [str(value).lower() for value in values]
    match name:
        case "and":
            return all(value is True for value in values)
        case "or":
            return any(value is True for value in values)
        case "not":
            return values[0] is not True
        case "eq" | "in":
            return texts[0] in texts[1:]
        case "ne":
            return texts[0] != texts[1]
        case "startsWith":
            return texts[0].startswith(texts[1])
        case "succeeded":
            return True
        case _:
            raise ValueError(f"there is no function {name!r} here")
