"""Messages to Slack, sent: the step of GitHub's workflow run with clients that write down what they get."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.document.plain import load_plain
from travistool.migrate.migrate import migrate
from travistool.migrate.target import Migration, Target
from travistool.migrate.targets import TARGETS

_CONFIG = """\
script: make
notifications:
  slack:
    rooms: acme:abcdefghijklmnopqrstuvwx#builds
%s"""


def _migrated(text: str, target: str = "github") -> Migration:
    return migrate(normal(text), next(one for one in TARGETS if one.name == target))


def _step(more: str) -> dict[str, Any]:
    (step,) = _jobs(_migrated(_CONFIG % more))["notifications"]["steps"]
    return dict(step)


def _jobs(made: Migration) -> dict[str, Any]:
    data: Any = load_plain(made.files[0].text)
    return dict(data["jobs"])


def _sent(step: dict[str, Any], folder: Path, result: str, previous: str, **env: str) -> list[str]:
    for name, text in {"curl": 'cat >> "$LOG"', "gh": f"echo {previous}"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    (folder / "log").touch()
    given = {"RESULT": result, "SLACK_WEBHOOK_URL": "https://x", "LOG": str(folder / "log"), "GITHUB_SHA": "0123456789"}
    path = {"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-c", step["run"]], env=given | path | env, check=True)
    text = (folder / "log").read_text()
    return [json.loads(text)["text"]] if text else []


@pytest.mark.parametrize(
    ("more", "result", "previous", "tells"),
    [
        ("", "passed", "", True),
        ("    on_success: change\n", "passed", "success", False),
        ("    on_success: change\n", "passed", "failure", True),
        ("    on_success: change\n", "passed", "", True),
        ("    on_success: change\n", "failed", "failure", True),
        ("    on_failure: change\n", "failed", "failure", False),
        ("    on_failure: change\n", "failed", "success", True),
    ],
)
def test_changes_are_told(more: str, result: str, previous: str, tells: bool, tmp_path: Path) -> None:
    assert bool(_sent(_step(more), tmp_path, result, previous)) == tells


def test_a_template_is_text_but_for_its_placeholders(tmp_path: Path) -> None:
    step = _step("    template: ['%{commit_subject} costs $5 `id` \"%{result}\"', 'at %{commit}']\n")
    sent = _sent(step, tmp_path, "passed", "", MESSAGE="It's $(id)\nmore")
    assert sent == ['It\'s $(id) costs $5 `id` "passed"\nat 0123456']


def test_nothing_is_told_without_a_webhook(tmp_path: Path) -> None:
    assert _sent(_step(""), tmp_path, "passed", "", SLACK_WEBHOOK_URL="") == []


@pytest.mark.parametrize(
    ("more", "condition"),
    [
        ("", None),
        ("    on_success: never\n", "env.RESULT != 'passed'"),
        ("    on_failure: never\n", "env.RESULT == 'passed'"),
        ("    on_pull_requests: false\n", "github.event_name != 'pull_request'"),
    ],
)
def test_what_is_never_told_is_a_condition(more: str, condition: str | None) -> None:
    assert _step(more).get("if") == condition


def test_who_is_never_told_has_no_job() -> None:
    made = _migrated(_CONFIG % "    on_success: never\n    on_failure: never\n")
    assert "notifications" not in _jobs(made)


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_tokens_stay_where_they_are(target: Target) -> None:
    more = "  webhooks: https://me:word@hooks.example.com/x?token=abcdef\n"
    made = _migrated(_CONFIG % more, target.name)
    told = [task.reason for task in made.tasks if task.kind == "notification"]
    assert [text for text in told if "#builds" in text] == ([] if target.sends else [told[0]])
    everything = repr((made.files, made.tasks))
    assert [word for word in ("abcdefghijkl", "abcdef", "me:word") if word in everything] == []


@pytest.mark.parametrize(("more", "permissions"), [("", {}), ("    on_success: change\n", {"actions": "read"})])
def test_the_job_may_do_no_more_than_it_has_to(more: str, permissions: dict[str, str]) -> None:
    assert _jobs(_migrated(_CONFIG % more))["notifications"]["permissions"] == permissions


@pytest.mark.parametrize(
    ("more", "condition"),
    [
        ("", 'build.state == "passed" || build.state == "failed"'),
        ("    on_success: change\n    on_failure: never\n", "pipeline.started_passing"),
        (
            "    on_failure: change\n    on_pull_requests: false\n",
            'build.pull_request.id == null && (build.state == "passed" || pipeline.started_failing)',
        ),
    ],
)
def test_buildkite_has_words_for_it(more: str, condition: str) -> None:
    data: Any = load_plain(_migrated(_CONFIG % more, "buildkite").files[0].text)
    assert data["notify"] == [{"slack": "#builds", "if": condition}]
