"""What is CircleCI's own: expressions, parameters, escapes, waiting for jobs that may be left out."""

from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.document.plain import load_plain
from travistool.migrate.circleci.config import TARGET
from travistool.migrate.circleci.expressions import values, written
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
        ("type = pull_request", 'pipeline.event.name == "pull_request"'),
        ("type != cron", 'pipeline.trigger_source != "scheduled_pipeline"'),
        ("tag IS blank", 'pipeline.git.tag == ""'),
        ("tag =~ /^v\\d+$/", "pipeline.git.tag =~ /^v\\d+$/"),
        ("tag !~ /a|b/", "not (pipeline.git.tag =~ /.*(?:a|b).*/)"),
        (
            "head_branch = x",
            'pipeline.event.name == "pull_request" and pipeline.event.github.pull_request.head.ref == "x"',
        ),
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
        "type = push AND (branch = feature OR tag =~ /^v1\\./)",
        "fork = true OR sender = dev",
    ],
)
def test_conditions_hold_as_on_travis(text: str) -> None:
    told = written(residual(text, JOB), Tasks())
    for title, event in sample_events():
        assert holds(told, values(event)) == decide(text, None, JOB, event.data()).holds, title


def made(text: str) -> dict[str, Any]:
    config = normal(text)
    file = migrate(config, TARGET).files[0]
    assert TARGET.evaluator is not None
    assert [one for check in verify(config, TARGET.evaluator(file.text)) for one in check.differences] == []
    data = load_plain(file.text)
    assert isinstance(data, dict)
    return data


def test_values_that_differ_are_parameters() -> None:
    data = made("language: python\npython: ['3.8', '3.9']\nenv: [A=1, A=2]\nscript: 'true'\n")
    assert list(data["jobs"]) == ["python"]
    assert data["jobs"]["python"]["environment"] == {"A": "<< parameters.a >>"}
    assert [one["python"]["a"] for one in data["workflows"]["ci"]["jobs"]] == ["1", "2", "1", "2"]


def test_a_heredoc_is_no_expression() -> None:
    data = made("language: generic\nenv: A='<<x'\nscript: |\n  cat <<END\n  x\n  END\n")
    (job,) = data["jobs"].values()
    assert job["environment"] == {"A": "\\<<x"}
    assert "cat \\<<END\n" in job["steps"][-1]["run"]["command"]


def test_a_stage_that_is_left_out_blocks_nothing() -> None:
    stages = "stages: [{name: a, if: type = cron}, b]\n"
    data = made(f"language: generic\n{stages}jobs: {{include: [{{stage: a, name: one}}, {{stage: b, name: two}}]}}\n")
    (_, _, two) = data["workflows"]["ci"]["jobs"]
    assert next(iter(two.values()))["requires"] == ["start", "one"]
    assert data["jobs"]["start"] == {"type": "no-op"}


def test_an_allowed_failure_passes() -> None:
    data = made("language: generic\njobs: {include: [{name: a}], allow_failures: [{name: a, if: branch = main}]}\n")
    assert "if [[ $TRAVIS_BRANCH = main ]]; then\ntrap " in data["jobs"]["a"]["steps"][-1]["run"]["command"]


def test_a_variable_of_the_settings_is_a_parameter() -> None:
    data = made("language: generic\njobs: {include: [{name: a, if: env(KEY) IS present}]}\n")
    assert data["parameters"] == {"key": {"type": "string", "default": ""}}
    assert data["workflows"]["ci"]["jobs"][0]["a"]["filters"] == 'pipeline.parameters.key != ""'
