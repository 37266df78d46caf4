"""What Bash says for an event: to tests that stand in a written script, and to the deployments in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache

from travistool.plan.model import Event

_DEPLOYS = re.compile(r"^ *# deploy with (.+)$(?:\n *if (.+); then$)?(\n *# asked of the shell$)?", re.MULTILINE)


def holds(test: str, event: Event) -> bool:
    """Tell whether a test of Travis's variables holds for an event."""
    return _status(test, _environment(event)) == 0


def deployments(script: str, event: Event) -> Iterator[tuple[str, bool]]:
    """Yield the deployments whose test of the event holds, each with whether the job's shell still has a word."""
    for found in _DEPLOYS.finditer(script):
        if not found[2] or holds(found[2], event):
            yield found[1], bool(found[3])


@lru_cache(maxsize=4096)
def _status(test: str, environment: tuple[tuple[str, str], ...]) -> int:
    return subprocess.run(["bash", "-c", test], env=dict(environment), check=False).returncode  # noqa: S603, S607


def _environment(event: Event) -> tuple[tuple[str, str], ...]:
    """Return Travis's variables for an event."""
    pull = event.type == "pull_request"
    return (
        *(("PATH", "/usr/bin:/bin"), ("TRAVIS_EVENT_TYPE", event.type)),
        ("TRAVIS_BRANCH", event.branch or ""),
        ("TRAVIS_TAG", event.tag or ""),
        ("TRAVIS_REPO_SLUG", event.repo or ""),
        ("TRAVIS_PULL_REQUEST_BRANCH", (event.head_branch or "") if pull else ""),
        ("TRAVIS_PULL_REQUEST_SLUG", (event.head_repo or "") if pull else ""),
        ("TRAVIS_PULL_REQUEST_IS_DRAFT", str(bool(event.draft)).lower()),
        ("TRAVIS_COMMIT_MESSAGE", event.commit_message or ""),
        ("BUILD_SENDER", event.sender or ""),
        ("REPO_IS_FORK", str(bool(event.fork)).lower()),
        *event.settings.items(),
    )
