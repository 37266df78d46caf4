"""What a Buildkite pipeline would run for an event: the `if` of each step, waits, deployments in the scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate.asked import deployments
from travistool.migrate.buildkite.expressions import values
from travistool.migrate.infix import holds
from travistool.migrate.verify import Found
from travistool.plan.model import Event


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a build would run."""
    pipeline = load_plain(text)
    if not isinstance(pipeline, dict):
        raise TypeError("a pipeline is a map")
    return lambda event: tuple(_rows(pipeline, event))


def _rows(pipeline: Mapping[str, Any], event: Event) -> Iterator[Found]:
    names = values(event)
    before: list[str] = []
    beside: list[str] = []
    for step in pipeline["steps"]:
        if step == "wait":
            before, beside = before + beside, []
        elif holds(step.get("if", "true"), names):
            tolerated = step.get("soft_fail", False)
            found = tuple(deployments(step["command"], event))
            yield Found(step["label"], step["key"], tuple(before), tolerated, found)
            beside.append(step["key"])
