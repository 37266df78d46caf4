"""Messages to Slack as the last job of a workflow, which looks at the results of all others.

Whether a result has changed is asked of the run before, on the same branch and for the same kind of event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from travistool.document.layout import Inline
from travistool.migrate.data.facts import facts
from travistool.migrate.notifications import Room

NOTIFY = "notifications"
Step = dict[Any, Any]

_RESULT = (
    "${{ contains(needs.*.result, 'failure') && 'failed' || contains(needs.*.result, 'cancelled') && 'canceled' "
    "|| 'passed' }}"
)
_RAN = " || ".join(f"contains(needs.*.result, '{one}')" for one in ("success", "failure", "cancelled"))
_DEFAULT = "Build <%{build_url}|#%{build_number}> (%{commit}) of %{repository}@%{branch} by %{author} %{result}"
_FACTS: Mapping[str, str] = {
    "repository": "$GITHUB_REPOSITORY",
    "repository_slug": "$GITHUB_REPOSITORY",
    "repository_name": "${GITHUB_REPOSITORY##*/}",
    "build_number": "$GITHUB_RUN_NUMBER",
    "build_id": "$GITHUB_RUN_ID",
    "build_url": "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID",
    "branch": "$BRANCH",
    "commit": "${GITHUB_SHA::7}",
    "commit_subject": "${MESSAGE%%$'\\n'*}",
    "commit_message": "$MESSAGE",
    "author": "$AUTHOR",
    "pull_request": "$PULL_REQUEST",
    "pull_request_number": "$PULL_REQUEST",
    "pull_request_url": "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/pull/$PULL_REQUEST",
    "compare_url": "$COMPARE",
    "result": "$RESULT",
    "message": "The build $RESULT.",
    "duration": "",
    "elapsed_time": "",
}
_ENV: Mapping[str, str] = {
    "AUTHOR": "${{ github.event.head_commit.author.name || github.actor }}",
    "BRANCH": "${{ github.base_ref || github.ref_name }}",
    "COMPARE": "${{ github.event.compare || github.event.pull_request.html_url }}",
    "MESSAGE": "${{ github.event.head_commit.message || github.event.pull_request.title }}",
    "PULL_REQUEST": "${{ github.event.pull_request.number || 'false' }}",
}
_PREVIOUS = (
    'previous=$(gh run list --workflow "$GITHUB_WORKFLOW" --branch "${GITHUB_HEAD_REF:-$GITHUB_REF_NAME}" '
    "--event \"$GITHUB_EVENT_NAME\" --status completed --limit 1 --json conclusion --jq '.[].conclusion')"
)
_SEND = (
    "jq --null-input --arg text \"$text\" '{text: $text}' | "
    "curl -fsS -H 'Content-Type: application/json' --data @- \"$SLACK_WEBHOOK_URL\""
)


def job(rooms: Iterable[Room], needed: list[str]) -> dict[Any, Any]:
    """Return the job that tells all rooms. It runs whenever another job ran, and changes no result."""
    steps = [_step(room, secret) for room, secret in named(rooms)]
    changes = any("gh run list" in step["run"] for step in steps)
    return {
        "name": "Notifications",
        "needs": Inline(needed),
        "if": f"${{{{ always() && ({_RAN}) }}}}",
        "runs-on": facts("github")["runners"]["default"],
        "timeout-minutes": 5,
        "permissions": {"actions": "read"} if changes else {},
        "env": {"RESULT": _RESULT},
        "steps": steps,
    }


def named(rooms: Iterable[Room]) -> list[tuple[Room, str]]:
    """Return the rooms that are ever told something, each with the name of the secret for its webhook."""
    told = [room for room in rooms if (room.on_success, room.on_failure) != ("never", "never")]
    ends = [f"_{number}" if len(told) > 1 else "" for number in range(1, len(told) + 1)]
    return [(room, f"SLACK_WEBHOOK_URL{end}") for room, end in zip(told, ends, strict=True)]


def _step(room: Room, secret: str) -> Step:
    asked = [] if room.pulls else ["github.event_name != 'pull_request'"]
    if "never" in (room.on_success, room.on_failure):
        asked.append(f"env.RESULT {'!=' if room.on_success == 'never' else '=='} 'passed'")
    text = _text("\n".join(room.template) or _DEFAULT)
    lines = ['[ -n "$SLACK_WEBHOOK_URL" ] || exit 0', *_changed(room), f"text={text}", _SEND]
    run = "\n".join(lines) + "\n"
    env = {"SLACK_WEBHOOK_URL": f"${{{{ secrets.{secret} }}}}"}
    if "gh run list" in run:
        env |= {"GH_TOKEN": "${{ github.token }}", "GH_REPO": "${{ github.repository }}"}
    env |= {name: value for name, value in _ENV.items() if re.search(rf"\${{?{name}\b", run)}
    step: Step = {"name": f"Tell #{room.name} on Slack" if room.name else "Tell Slack"}
    if asked:
        step["if"] = " && ".join(asked)
    return {**step, "continue-on-error": True, "env": env, "run": run}


def _changed(room: Room) -> list[str]:
    """Return the lines that end the step where nothing has changed. The first run of all counts as a change."""
    lines = []
    if room.on_success == "change":
        lines.append('[ "$RESULT" != passed ] || [ "$previous" != success ] || exit 0')
    if room.on_failure == "change":
        lines.append('[ "$RESULT" = passed ] || [ "${previous:-success}" = success ] || exit 0')
    return [_PREVIOUS, *lines] if lines else []


def _text(template: str) -> str:
    """Return a template as a word of shell: its placeholders filled in, everything else as it is."""
    parts = re.split(r"%\{(\w+)\}", template)
    made = [
        _FACTS.get(part, "") if number % 2 else re.sub(r'([\\$`"])', r"\\\1", part) for number, part in enumerate(parts)
    ]
    return f'"{"".join(made)}"'
