"""The event to plan for: from the options, else from the git repository around the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from travistool.cli.event_options import EventOptions
from travistool.cli.git import Repository
from travistool.errors import UsageError
from travistool.grammar.similar import suggest
from travistool.plan.model import Event, EventType

_MASTER = "master"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*\Z"
_SOMEONE = "someone"
_SHOWN = 20

ATTRIBUTES = (
    *("type", "repo", "head_repo", "os", "dist", "group", "sudo", "language", "sender", "fork", "draft", "branch"),
    *("head_branch", "tag", "commit_message", "env"),
)
"""What conditions can ask for."""

_TYPES: tuple[EventType, ...] = ("push", "pull_request", "api", "cron")


def check(options: EventOptions) -> None:
    """Raise UsageError for values that make no sense, so that nothing is read in vain."""
    name = options.name
    for flag, value in (("--repo", options.repo), ("--head-repo", options.head_repo)):
        if value is not None and (value.count("/") != 1 or not all(value.split("/"))):
            raise UsageError(f"{flag} takes owner/name, not '{value}'")
    for flag, value in (("--head-branch", options.head_branch), ("--head-repo", options.head_repo)):
        if value is not None and name != "pull_request":
            raise UsageError(f"{flag} goes with --event pull_request only")
    if options.tag is not None and name in ("pull_request", "cron"):
        raise UsageError(f"--tag does not go with --event {name}: such a build has no tag")
    for flag, value in (("--branch", options.branch), ("--tag", options.tag)):
        if value == "":
            raise UsageError(f"{flag} needs a name")
    settings(options.settings_env)
    extra(options.data)


def settings(values: tuple[str, ...]) -> Mapping[str, str]:
    """Read the values of `--settings-env`. Raises UsageError."""
    found = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or not re.match(_NAME, name):
            # The value may be a secret: only the name is repeated.
            shown = name if sign else value if len(value) <= _SHOWN else f"{value[:_SHOWN]}..."
            raise UsageError(f"--settings-env takes NAME=VALUE, not '{shown}'")
        found[name] = text
    return found


def extra(data: str | None) -> Mapping[str, Any]:
    """Read the value of `--data`. Raises UsageError."""
    if data is None:
        return {}
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--data takes a JSON object: {error}", """such as '{"branch": "dev"}'""") from error
    if not isinstance(found, dict):
        raise UsageError("--data takes a JSON object", """such as '{"branch": "dev"}'""")
    _known(found)
    return found


def _known(data: Mapping[str, Any]) -> None:
    """Raise UsageError for attributes that no condition can ask for, and for events that do not exist."""
    unknown = next((name for name in data if name not in ATTRIBUTES), None)
    if unknown is not None:
        raise UsageError(f"--data: there is no attribute '{unknown}'", _hint(ATTRIBUTES, unknown))
    kind = data.get("type", "push")
    if kind not in _TYPES:
        raise UsageError(f"--data: there is no type {json.dumps(kind)}", _hint(_TYPES, str(kind)))


def _hint(names: tuple[str, ...], text: str) -> str:
    similar = suggest(names, text)
    return f"did you mean '{similar}'?" if similar else f"it takes {', '.join(names)}"


def event_for(options: EventOptions, git: Repository | None) -> Event:
    """Return the event. Git is only asked for what no option says. Raises UsageError for a tag without a name."""
    repo = options.repo or (git.slug if git else None)
    message = options.message if options.message is not None else (git.message if git else None)
    shared: dict[str, Any] = {
        "repo": repo,
        "sender": options.sender,
        "fork": options.fork,
        "commit_message": message,
        "settings": settings(options.settings_env),
        "extra": extra(options.data),
        "default_branch": default_branch(options, git),
    }
    match options.name:
        case "tag":
            tag = options.tag or (git.tag if git else None)
            if tag is None:
                raise UsageError("--event tag needs a name", "add --tag NAME, such as --tag v1.0.0")
            return Event(branch=options.branch or tag, tag=tag, **shared)
        case "push":
            branch = options.branch or options.tag or (git.branch if git else None)
            return Event(branch=branch or default_branch(options, git), tag=options.tag, **shared)
        case "pull_request":
            return _pull_request(options, git, shared)
        case kind:
            branch = options.branch or options.tag or default_branch(options, git)
            return Event(type=kind, branch=branch, tag=options.tag, **shared)


def _pull_request(options: EventOptions, git: Repository | None, shared: Mapping[str, Any]) -> Event:
    branch = options.branch or default_branch(options, git)
    current = options.head_branch or (git.branch if git else None)
    head = current if options.head_branch or current != branch else None
    head_repo = options.head_repo or shared["repo"]
    found: EventType = "pull_request"
    return Event(type=found, branch=branch, head_branch=head, head_repo=head_repo, **shared)


def default_branch(options: EventOptions, git: Repository | None) -> str:
    """Return the repository's default branch; `master` where nothing tells."""
    return options.default_branch or (git.default_branch if git else None) or _MASTER


def table_events(options: EventOptions, git: Repository | None) -> tuple[tuple[str, Event], ...]:
    """Return the seven events of the table, each with its title; names that nothing tells are made up."""
    default = default_branch(options, git)
    current = options.branch or (git.branch if git else None)
    other = current if current and current != default else "feature"
    base = options._replace(event=None, tag=None, head_branch=None, head_repo=None, branch=None)
    repo = options.repo or (git.slug if git else None)
    fork = options.head_repo or f"{_SOMEONE}/{repo.split('/')[1] if repo else 'fork'}"
    tag = options.tag or (git.tag if git else None) or "v1.0.0"
    head = options.head_branch or other
    rows = (
        (f"push to {default}", base._replace(event="push", branch=default)),
        (f"push to {other}", base._replace(event="push", branch=other)),
        (f"tag {tag}", base._replace(event="tag", tag=tag)),
        ("pull request", base._replace(event="pull_request", branch=default, head_branch=head, head_repo=repo)),
        ("fork's pull request", base._replace(event="pull_request", branch=default, head_branch=head, head_repo=fork)),
        ("cron", base._replace(event="cron", branch=default)),
        ("api", base._replace(event="api", branch=default)),
    )
    return tuple([(title, event_for(row, git)) for title, row in rows])
