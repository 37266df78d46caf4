from typing import Any

import pytest

from tests.plan.plans import plan, short, skipped

_NAMED = "jobs: {include: [{name: a}, {name: b, stage: deploy}, {name: c}, {name: d, stage: Test}]}"


@pytest.mark.parametrize(
    ("text", "stages", "jobs"),
    [
        pytest.param("os: [linux, osx]", [], [(None, None), (None, None)], id="none"),
        pytest.param(
            _NAMED,
            ["Test", "deploy"],
            [("a", "Test"), ("d", "Test"), ("b", "deploy"), ("c", "deploy")],
            id="of the job before, else test as it is written anywhere",
        ),
        pytest.param(
            "{stages: [Deploy, other], " + _NAMED + "}",
            ["Deploy", "Test"],
            [("b", "deploy"), ("c", "deploy"), ("a", "Test"), ("d", "Test")],
            id="declared order and case, empty ones vanish",
        ),
        pytest.param(
            "{stages: [{name: deploy, if: branch = x}, test], " + _NAMED + "}",
            ["test"],
            [("a", "test"), ("d", "Test")],
            id="a condition takes the jobs along",
        ),
        pytest.param(
            "{stages: [{name: deploy, if: branch = x}, {name: Deploy}, test], " + _NAMED + "}",
            ["test"],
            [("a", "test"), ("d", "Test")],
            id="of equal names the first counts",
        ),
        pytest.param(
            "{jobs: {allow_failures: [{name: a}], include: [{name: a, stage: one}, {name: b}, {name: c}]}}",
            ["one"],
            [("b", "one"), ("c", "one"), ("a", "one")],
            id="tolerated jobs last",
        ),
    ],
)
def test_stages(text: str, stages: list[str], jobs: list[Any]) -> None:
    found = plan(text)
    assert [stage.name for stage in found.stages] == stages
    assert short(found.jobs, "name", "stage") == jobs
    assert not found.stages or [job for stage in found.stages for job in stage.jobs] == list(found.jobs)


def test_skipped() -> None:
    found = plan(
        "stages:\n- name: one\n  if: branch = x\n- two\njobs:\n  include: [{name: a, stage: One}, {name: b, stage: c}]"
    )
    assert skipped(found) == [
        ("stage", "one", "its condition does not hold", "branch = x"),
        ("job", "a", "the condition of its stage 'one' does not hold", "branch = x"),
        ("stage", "two", "it has no jobs", "two"),
    ]
    assert [(one.code, one.args) for one in found.messages] == [
        ("skip_stage", {"number": 1, "condition": "branch = x"})
    ]


def test_a_stage_knows_its_place_and_condition() -> None:
    found = plan("stages:\n- name: one\n  if: branch = master\njobs:\n  include: [{stage: one}, {stage: two}]")
    one, two = found.stages
    assert one.span is not None
    assert (one.span.text, one.condition.condition, one.config) == (
        "name: one\n  if: branch = master",
        "branch = master",
        {"name": "one", "if": "branch = master"},
    )
    assert (two.span, two.condition.condition) == (None, None)


def test_the_matrix_is_as_before_stages_and_tolerances() -> None:
    found = plan("{stages: [test], os: [linux], jobs: {allow_failures: [{os: linux}]}}")
    assert [("stage" in job, "allow_failure" in job) for job in found.matrix] == [(False, False)]
    assert [(job.stage, job.allow_failure) for job in found.jobs] == [("test", True)]
