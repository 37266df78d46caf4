"""What Woodpecker's files say in its own words: events, expressions, matrices, dependencies, what the server fills in."""

from typing import Any

import pytest

from tests.migrate.migrated import migrated
from travistool.document.plain import load_plain
from travistool.migrate.woodpecker.evaluate import evaluator, holds
from travistool.plan.model import Event

SHELL = "language: shell\nscript: make\n"


def _made(text: str) -> tuple[dict[str, Any], list[str]]:
    """Return the files by their paths, and the reasons why other rows run."""
    made = migrated(text, "woodpecker")
    data: dict[str, Any] = {file.path: load_plain(file.text) for file in made.files}
    return data, [task.reason for task in made.tasks if task.changes_rows]


def test_one_kind_of_job_is_one_file() -> None:
    ((path, data),) = _made(SHELL + "env: [A=1, A=2]\n")[0].items()
    assert path == ".woodpecker.yaml"
    assert data["matrix"]["include"] == [{"JOB_TITLE": "A=1", "A": "1"}, {"JOB_TITLE": "A=2", "A": "2"}]


def test_events_that_cannot_fit_are_left_out() -> None:
    ((_, data),) = _made(SHELL + "if: type = push AND branch = main\n")[0].items()
    assert data["when"] == [
        {"event": ["push"], "evaluate": 'CI_COMMIT_BRANCH == "main"'},
        {"event": ["tag"], "evaluate": 'CI_COMMIT_TAG == "main"'},
    ]


def test_what_the_server_would_fill_in_is_escaped() -> None:
    ((_, data),) = _made("language: shell\nscript: echo ${HOME%/}\n")[0].items()
    assert "echo $${HOME%/}" in data["steps"][0]["commands"][0]


def test_dependencies_that_may_be_missing_are_optional() -> None:
    jobs = "jobs: {include: [{stage: a, if: tag IS present}, {stage: b}, {stage: c}]}\n"
    data, _ = _made(SHELL + jobs)
    assert data[".woodpecker/c.yaml"]["depends_on"] == [{"name": "a", "optional": True}, "b"]


def test_failures_that_only_some_events_tolerate() -> None:
    text = SHELL + "env: A=1\njobs: {allow_failures: [{env: A=1, if: type = cron}]}\n"
    ((_, data),) = _made(text)[0].items()
    assert [(step.get("failure"), step["when"][0]["event"]) for step in data["steps"]] == [
        ("ignore", ["cron"]),
        (None, ["push", "tag", "pull_request", "manual"]),
    ]


def test_what_expressions_do_not_know_is_a_task() -> None:
    assert _made(SHELL + "if: fork = true\n")[1] != []
    assert _made(SHELL + "if: branch =~ /^(?!wip)/\n")[1] != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A == "1"', True),
        ('A != "1"', False),
        ('!(A == "1") || B matches "^x"', True),
        ('(A == "2" || B == "xy") && A == "1"', True),
        ("false", False),
        ('C matches "x"', False),
        ('B matches "^\\\\w+$" && D == "a\\"b"', True),
    ],
)
def test_expressions_are_read(text: str, expected: bool) -> None:
    assert holds(text, {"A": "1", "B": "xy", "D": 'a"b'}) is expected


WORKFLOWS = """\
--- # .woodpecker/first.yaml
when: [{event: [tag]}]
steps: [{name: a, commands: [x]}]
--- # .woodpecker/second.yaml
when: [{event: [push, tag]}]
depends_on: [first]
steps: [{name: b, commands: [x]}]
--- # .woodpecker/third.yaml
depends_on: [second]
steps: [{name: c, commands: [x]}]
--- # .woodpecker/last.yaml
depends_on: [{name: second, optional: true}]
steps: [{name: d, commands: [x]}]
"""


def test_what_depends_on_a_workflow_that_is_not_there_does_not_run() -> None:
    """Nor what depends on that; but where it is optional."""
    assert [one.title for one in evaluator(WORKFLOWS)(Event(branch="x"))] == ["d"]
    found = evaluator(WORKFLOWS)(Event(branch="v1", tag="v1"))
    assert [(one.title, len(one.before)) for one in found] == [("a", 0), ("b", 1), ("c", 1), ("d", 1)]
