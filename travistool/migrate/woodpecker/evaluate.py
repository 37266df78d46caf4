"""What Woodpecker would run for an event: `when` of workflows and steps, matrices, dependencies, deployments.

It reads the files as written. Source: woodpecker-ci.org/docs, "Workflow syntax", and the server's step builder, which
drops a workflow that depends on one that is not there unless the dependency is optional.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate import infix
from travistool.migrate.asked import deployments
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_HEADING = re.compile(r"^--- # (.+)\n", re.MULTILINE)

Workflows = Mapping[str, dict[str, Any]]


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows would run."""
    parts = _HEADING.split(text)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True)) if len(parts) > 1 else {"only.yaml": text}
    workflows: dict[str, dict[str, Any]] = {}
    for path, one in texts.items():
        data = load_plain(one)
        if not isinstance(data, dict):
            raise TypeError("a workflow is a map")
        workflows[PurePosixPath(path).stem] = data
    return lambda event: tuple(_rows(_present(workflows, event), event))


def predefined(event: Event) -> dict[str, str]:
    """Return Woodpecker's variables for an event; those that it does not set are missing."""
    pull = event.type == "pull_request"
    kind = {"cron": "cron", "api": "manual"}.get(event.type, "pull_request" if pull else "tag" if event.tag else "push")
    found = {
        "CI_PIPELINE_EVENT": kind,
        "CI_COMMIT_BRANCH": None if event.tag else event.branch,
        "CI_COMMIT_TAG": event.tag,
        "CI_COMMIT_SOURCE_BRANCH": event.head_branch if pull else None,
        "CI_COMMIT_MESSAGE": event.commit_message,
        "CI_COMMIT_AUTHOR": event.sender,
        "CI_REPO": event.repo,
    }
    return {name: value for name, value in found.items() if value is not None}


def _present(workflows: Workflows, event: Event) -> Workflows:
    variables = predefined(event)
    left = {name: data for name, data in workflows.items() if _fits(data.get("when"), variables)}
    while True:
        kept = {
            name: data for name, data in left.items() if all(other in left for other in _needed(data.get("depends_on")))
        }
        if kept == left:
            return left
        left = kept


def _needed(items: Any) -> list[str]:
    return [item for item in items or () if isinstance(item, str)]


def _fits(items: Any, variables: Mapping[str, str]) -> bool:
    return items is None or any(
        variables["CI_PIPELINE_EVENT"] in item["event"] and holds(item.get("evaluate", "true"), variables)
        for item in items
    )


def _rows(workflows: Workflows, event: Event) -> Iterator[Found]:
    variables = predefined(event)
    for name, data in workflows.items():
        named = [item if isinstance(item, str) else item["name"] for item in data.get("depends_on", ())]
        before = tuple([other for other in named if other in workflows])
        for row in data.get("matrix", {}).get("include", [{}]):
            for step in data["steps"]:
                if not _fits(step.get("when"), variables):
                    continue
                script = "\n".join(step["commands"]).replace("$${", "${")
                deployed = tuple(deployments(script, event))
                title = row.get("JOB_TITLE", step["name"].replace("$${", "${"))
                yield Found(title, name, before, step.get("failure") == "ignore", deployed)


def holds(text: str, variables: Mapping[str, str]) -> bool:
    """Tell whether an expression holds."""
    return infix.holds(text, variables, is_json=True)
