"""The events that rules try a build with."""

from __future__ import annotations

from travistool.plan.model import Event

EVENTS: tuple[tuple[str, Event], ...] = (
    ("a push to the default branch", Event(default_branch="master")),
    ("a push to another branch", Event(branch="feature")),
    ("a tag", Event(branch="v1.0.0", tag="v1.0.0")),
    ("a pull request", Event(type="pull_request", head_branch="feature", repo="acme/app", head_repo="acme/app")),
    ("a fork's pull request", Event(type="pull_request", head_branch="fix", repo="acme/app", head_repo="dev/app")),
    ("an API request", Event(type="api")),
    ("a cron job", Event(type="cron")),
)
"""Events that stand for all others, each with its name."""
