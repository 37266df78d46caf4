"""What Bash makes of tests in a migrated script, for evaluators: Travis's variables are those of a sample event."""

import re
import subprocess
from collections.abc import Iterator

from travistool.plan.model import Event

_DEPLOYS = re.compile(r"^# deploy with (.+)$(?:\nif (.+); then$)?(\n# asked of the shell$)?", re.MULTILINE)


def travis_variables(event: Event) -> dict[str, str]:
    """Return what a target's own lines would export for an event."""
    pull = event.type == "pull_request"
    return {
        "PATH": "/usr/bin:/bin",
        "TRAVIS_EVENT_TYPE": event.type,
        "TRAVIS_BRANCH": event.branch or "",
        "TRAVIS_TAG": event.tag or "",
        "TRAVIS_REPO_SLUG": event.repo or "",
        "TRAVIS_PULL_REQUEST_BRANCH": (event.head_branch or "") if pull else "",
        "TRAVIS_PULL_REQUEST_SLUG": (event.head_repo or "") if pull else "",
        "TRAVIS_COMMIT_MESSAGE": event.commit_message or "",
        "BUILD_SENDER": event.sender or "",
        "REPO_IS_FORK": str(bool(event.fork)).lower(),
        **event.settings,
    }


def passes(test: str, event: Event) -> bool:
    """Tell whether a test holds in Bash."""
    env = travis_variables(event)
    return subprocess.run(["bash", "-c", test], env=env, check=False, capture_output=True).returncode == 0  # noqa: S603, S607


def deployments_in(script: str, event: Event) -> Iterator[tuple[str, bool]]:
    """Yield the deployments of a whole job's script whose test of the event holds, as `verify.Found` has them."""
    for found in _DEPLOYS.finditer(script):
        if not found[2] or passes(found[2], event):
            yield found[1], bool(found[3])
