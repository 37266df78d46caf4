"""What Bitbucket would run for an event: the section of the event's kind, and what each step's script asks.

It reads the file as written. Source: support.atlassian.com, "Bitbucket Pipelines configuration reference", start
conditions: a branch's own pipeline wins over `default`, and tags and pull requests have only their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate.asked import deployments, holds
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_QUESTION = re.compile(r"^if ! \{ (.+); \}; then\n  echo .*\n  exit 0\nfi$", re.MULTILINE)


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a pipeline would run."""
    data = load_plain(text)
    if not isinstance(data, dict):
        raise TypeError("the file is a map")

    def evaluate(event: Event) -> tuple[Found, ...]:
        return tuple(_rows(_section(data["pipelines"], event), event))

    return evaluate


def _section(pipelines: Mapping[str, Any], event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] | None
    if event.type in ("cron", "api"):
        found = pipelines.get("custom", {}).get(event.type)
    elif event.type == "pull_request":
        found = _fitting(pipelines.get("pull-requests", {}), event.head_branch or "")
    elif event.tag:
        found = _fitting(pipelines.get("tags", {}), event.tag)
    else:
        found = _fitting(pipelines.get("branches", {}), event.branch or "") or pipelines.get("default")
    return found or []


def _fitting(sections: Mapping[str, Any], name: str) -> Any:
    return next((items for glob, items in sections.items() if fnmatchcase(name, glob.replace("**", "*"))), None)


def _rows(items: list[dict[str, Any]], event: Event) -> Iterator[Found]:
    before: tuple[str, ...] = ()
    for number, item in enumerate(items):
        if "variables" in item:
            continue
        steps = [one["step"] for one in item.get("parallel", [item])]
        names = [f"{number}.{place}" for place, _ in enumerate(steps)]
        for name, step in zip(names, steps, strict=True):
            script = "\n".join(step["script"])
            question = _QUESTION.search(script)
            if question is None or holds(question[1], event):
                tolerated = step.get("on-fail", {}).get("strategy") == "ignore"
                yield Found(step["name"], name, before, tolerated, tuple(deployments(script, event)))
        before = (*before, *names)
