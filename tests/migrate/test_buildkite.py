"""What is Buildkite's own: conditions, two steps for one row, services on localhost."""

from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.document.plain import load_plain
from travistool.migrate.buildkite.expressions import values, written
from travistool.migrate.buildkite.pipeline import TARGET
from travistool.migrate.conditions import residual
from travistool.migrate.infix import holds
from travistool.migrate.migrate import migrate
from travistool.migrate.tasks import Tasks
from travistool.migrate.verify import sample_events, verify
from travistool.plan.decide import decide

JOB: dict[str, Any] = {"os": "linux", "language": "go"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type = pull_request", "build.pull_request.id != null"),
        ("type = cron", 'build.source == "schedule"'),
        ("tag =~ /^v\\d+$/", "build.tag =~ /^v\\d+$/"),
        ("commit_message !~ /skip/", "build.message !~ /skip/"),
        ("env(DEPLOY) = yes", 'build.env("DEPLOY") == "yes"'),
        ("repo = a/b", "pipeline.repository =~ /[:\\/]a\\/b(\\.git)?$/"),
    ],
)
def test_conditions(text: str, expected: str) -> None:
    assert written(residual(text, JOB), Tasks()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "branch = master",
        "branch = v1.0.0",
        "branch != master AND NOT tag IS present",
        "branch =~ /^mas/ OR type IN (cron, api)",
        "branch !~ /^(master|feature)$/",
        "head_repo = repo",
        "repo = acme/demo AND head_repo != acme/demo",
        "head_branch = feature OR fork = true",
    ],
)
def test_conditions_hold_as_on_travis(text: str) -> None:
    told = written(residual(text, JOB), Tasks())
    for title, event in sample_events():
        assert holds(told, values(event)) == decide(text, None, JOB, event.data()).holds, (title, told)


def test_what_looks_around_is_a_task() -> None:
    tasks = Tasks()
    written(residual("tag =~ /^v(?!0)/", JOB), tasks)
    assert [task.changes_rows for task in tasks.all()] == [True]


def made(text: str) -> tuple[dict[str, Any], list[str]]:
    config = normal(text)
    first, *others = migrate(config, TARGET).files
    assert TARGET.evaluator is not None
    assert [one for check in verify(config, TARGET.evaluator(first.text)) for one in check.differences] == []
    data = load_plain(first.text)
    assert isinstance(data, dict)
    return data, [file.text for file in others]


def test_an_allowed_failure_for_some_events_makes_two_steps() -> None:
    data, _ = made("language: generic\njobs: {include: [{name: a}], allow_failures: [{name: a, if: type = cron}]}\n")
    one, other = data["steps"]
    assert (one["if"], one["soft_fail"]) == ('build.source == "schedule"', True)
    assert (other["if"], "soft_fail" in other) == ('build.source != "schedule"', False)


def test_services_share_one_network() -> None:
    data, (services,) = made("language: ruby\nrvm: ['3.2', '3.3']\nservices: [redis, mysql]\nscript: rake\n")
    assert [step["env"]["JOB_IMAGE"] for step in data["steps"]] == ["ruby:3.2", "ruby:3.3"]
    composed = load_plain(services)
    assert isinstance(composed, dict)
    assert {name: one.get("network_mode") for name, one in composed["services"].items()} == {
        "redis": None,
        "mysql": "service:redis",
        "job": "service:redis",
    }


def test_secrets_are_named_and_handed_to_the_container() -> None:
    data, _ = made("language: go\nenv: {global: [{TOKEN: {secure: 'c2VjcmV0'}}, {secure: 'eA=='}]}\n")
    (step,) = data["steps"]
    ((_, options),) = step["plugins"][0].items()
    assert step["secrets"] == options["environment"] == ["TOKEN", "SECURE_1"]


def test_the_same_commands_are_written_once() -> None:
    text = "language: python\npython: [3.8, 3.9]\nscript: make it\njobs: {include: [{script: make other}]}\n"
    made = migrate(normal(text), TARGET).files[0].text
    assert made.count("make it") == 1
    assert made.count("command: &script |") == 1
    assert made.count("command: *script\n") == 1
    data: Any = load_plain(made)
    assert ["make it" in one["command"] for one in data["steps"]] == [True, True, False]
