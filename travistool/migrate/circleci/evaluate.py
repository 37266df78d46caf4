"""What a CircleCI workflow would run for an event: its `when`, the filters of each job, deployments in the scripts.

It reads the file as written. Source: circleci.com/docs, "Configuration reference": a job whose required jobs are all
left out does not run, one that some are left for does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate.asked import deployments
from travistool.migrate.circleci.expressions import values
from travistool.migrate.circleci.jobs import unescaped
from travistool.migrate.infix import Value, holds
from travistool.migrate.tolerance import is_tolerated
from travistool.migrate.verify import Found
from travistool.plan.model import Event


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a pipeline would run."""
    config = load_plain(text)
    if not isinstance(config, dict):
        raise TypeError("a config is a map")

    defaults = {f"pipeline.parameters.{name}": one["default"] for name, one in config.get("parameters", {}).items()}

    def evaluate(event: Event) -> tuple[Found, ...]:
        names = {**defaults, **values(event)}
        return tuple(
            row
            for workflow in config["workflows"].values()
            if holds(workflow.get("when", "true"), names)
            for row in _rows(config, workflow, event, names)
        )

    return evaluate


def _rows(
    config: Mapping[str, Any], workflow: Mapping[str, Any], event: Event, names: Mapping[str, Value]
) -> Iterator[Found]:
    called = [(job, call) for entry in workflow["jobs"] for job, call in entry.items()]
    run: dict[str, tuple[str, ...]] = {}
    for job, call in called:
        name, needs = call.get("name", job), call.get("requires", [])
        left = [one for one in needs if one in run]
        if not _passes(call.get("filters", {}), event, names) or (needs and not left):
            continue
        run[name] = tuple(dict.fromkeys([*left, *[far for one in left for far in run[one]]]))
        if config["jobs"][job].get("type") == "no-op":
            continue
        script = unescaped("\n".join(_commands(config["jobs"][job])))
        title = unescaped(name)
        yield Found(title, title, run[name], is_tolerated(script, event), tuple(deployments(script, event)))


def _passes(filters: Any, event: Event, names: Mapping[str, Value]) -> bool:
    if isinstance(filters, str):
        return holds(filters, names)
    return not event.tag or "tags" in filters


def _commands(job: Mapping[str, Any]) -> Iterator[str]:
    for step in job["steps"]:
        if isinstance(step, dict) and "run" in step:
            yield step["run"]["command"]
