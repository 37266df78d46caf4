"""What is left of conditions once a job is known, and how targets write it."""

from typing import Any

import pytest

from travistool.migrate.conditions import FALSE, TRUE, Condition, UnsupportedError, residual
from travistool.migrate.github.expressions import Gate, expression
from travistool.migrate.gitlab.evaluate import holds, predefined
from travistool.migrate.gitlab.rules import rule
from travistool.migrate.tasks import Tasks
from travistool.migrate.verify import sample_events
from travistool.migrate.whole import bash
from travistool.plan.decide import decide

JOB: dict[str, Any] = {"os": "linux", "language": "go", "env": [{"DB": "mysql"}]}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("os = linux", TRUE, id="what the job decides holds"),
        pytest.param("os = osx AND branch = main", FALSE, id="what the job decides does not hold"),
        pytest.param("env(DB) = mysql", TRUE, id="a variable of the config"),
        pytest.param('tag = ""', FALSE, id="a missing tag is no empty text"),
        pytest.param("branch = (", FALSE, id="what cannot be read does not hold"),
        pytest.param(["branch = main"], TRUE, id="a list is no condition"),
    ],
)
def test_what_the_config_decides(text: Any, left: Condition) -> None:
    assert residual(text, JOB) == left


def test_conditions_of_different_kinds_are_not_equal() -> None:
    assert TRUE != FALSE
    assert residual("branch = a", JOB) != residual("branch =~ a", JOB)


def test_a_text_made_of_the_event_is_unsupported() -> None:
    with pytest.raises(UnsupportedError):
        residual("concat(branch, x) = y", JOB)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("branch = main", "(github.base_ref || github.ref_name) == 'main'"),
        ("branch = main AND type = push", "github.ref_name == 'main' && github.event_name == 'push'"),
        ("type != pull_request", "github.event_name != 'pull_request'"),
        ("tag IS present", "github.ref_type == 'tag'"),
        ("tag IS blank", "github.ref_type != 'tag'"),
        ("branch =~ /^release-/", "startsWith(github.base_ref || github.ref_name, 'release-')"),
        ("NOT branch =~ /^release-/", "!startsWith(github.base_ref || github.ref_name, 'release-')"),
        ("branch =~ /^v\\d/", "needs.gate.outputs.branch_1 == 'true'"),
        ("branch !~ /^v\\d/", "needs.gate.outputs.branch_1 != 'true'"),
        ("branch IN (a, 'b c')", " || ".join(f"(github.base_ref || github.ref_name) == '{x}'" for x in ("a", "b c"))),
        ('sender = "it\'s"', "github.actor == 'it''s'"),
        ("head_repo = repo", "github.event.pull_request.head.repo.full_name == github.repository"),
    ],
)
def test_github(text: str, written: str) -> None:
    assert expression(residual(text, JOB), Gate()) == written


CONDITIONS = (
    "branch = master AND NOT (type = pull_request OR tag IS present)",
    "NOT (branch =~ /^(master|v\\d)/ AND type IN (push, cron))",
    "tag =~ /^v1/ OR (head_branch = feature AND fork = false)",
    "type = api OR branch NOT IN (master, dev) OR commit_message !~ /^Up/",
)


@pytest.mark.parametrize("text", CONDITIONS)
def test_gitlab_answers_as_the_plan(text: str) -> None:
    written = rule(residual(text, JOB), Tasks())
    for title, event in sample_events():
        assert holds(written, predefined(event)) == decide(text, None, JOB, event.data()).holds, (title, written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("branch = main", "[[ $TRAVIS_BRANCH = main ]]"),
        ("NOT tag IS present", "[[ -z $TRAVIS_TAG ]]"),
        ("branch = a OR tag IS present", "[[ $TRAVIS_BRANCH = a ]] || [[ -n $TRAVIS_TAG ]]"),
    ],
)
def test_bash(text: str, written: str) -> None:
    assert bash(residual(text, JOB)) == written
