"""What a pipeline would run for an event: workflow rules, the rules of each job, stages, deployments in the scripts.

It reads the file as written. Source: docs.gitlab.com, "CI/CD YAML syntax" (rules, workflow, extends) and "Job rules".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from travistool.document.plain import load_plain
from travistool.migrate import infix
from travistool.migrate.asked import deployments
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_GLOBAL = frozenset(("workflow", "stages", "default", "variables", "include"))


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a pipeline would run."""
    pipeline = load_plain(text)
    if not isinstance(pipeline, dict):
        raise TypeError("a pipeline is a map")

    def evaluate(event: Event) -> tuple[Found, ...]:
        variables = predefined(event)
        workflow = pipeline.get("workflow", {}).get("rules", [{"when": "always"}])
        return tuple(_rows(pipeline, variables, event)) if _first(workflow, variables) is not None else ()

    return evaluate


def predefined(event: Event) -> dict[str, str]:
    """Return GitLab's variables for an event; those that it does not set are missing."""
    sources = {"push": "push", "pull_request": "merge_request_event", "cron": "schedule", "api": "api"}
    pull = event.type == "pull_request"
    found: dict[str, str | None] = {
        "CI_PIPELINE_SOURCE": sources[event.type],
        "CI_COMMIT_BRANCH": None if pull or event.tag else event.branch,
        "CI_COMMIT_TAG": event.tag,
        "CI_COMMIT_REF_NAME": event.head_branch if pull else event.tag or event.branch,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": event.branch if pull else None,
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": event.head_branch if pull else None,
        "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH": (event.head_repo or event.repo) if pull else None,
        "CI_PROJECT_PATH": event.repo,
        "CI_COMMIT_MESSAGE": event.commit_message,
        "GITLAB_USER_LOGIN": event.sender,
        "PROJECT_IS_FORK": "true" if event.fork else None,
    }
    return {**{name: value for name, value in found.items() if value is not None}, **event.settings}


def _rows(pipeline: Mapping[str, Any], variables: Mapping[str, str], event: Event) -> Iterator[Found]:
    stages = list(pipeline["stages"])
    jobs = {name: _extended(pipeline, job) for name, job in pipeline.items() if _is_job(name)}
    for name, job in jobs.items():
        rule = _first(job.get("rules", [{}]), variables)
        if rule is None:
            continue
        place = stages.index(job["stage"])
        before = tuple([other for other, one in jobs.items() if stages.index(one["stage"]) < place])
        tolerated = rule.get("allow_failure", job.get("allow_failure", False))
        yield Found(name, name, before, tolerated, tuple(deployments("\n".join(job["script"]), event)))


def _is_job(name: str) -> bool:
    return name not in _GLOBAL and not name.startswith(".")


def _extended(pipeline: Mapping[str, Any], job: Mapping[str, Any]) -> dict[str, Any]:
    base = pipeline[job["extends"]] if "extends" in job else {}
    return {**base, **job}


def _first(rules: list[dict[str, Any]], variables: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the first rule that holds; None where none does, or where it says never."""
    found = next((rule for rule in rules if "if" not in rule or holds(rule["if"], variables)), None)
    return None if found is None or found.get("when") == "never" else found


def holds(text: str, variables: Mapping[str, str]) -> bool:
    """Tell whether an expression of `rules:if` holds."""
    return infix.holds(text, {f"${name}": value for name, value in variables.items()})
