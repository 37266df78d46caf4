from typing import Any

import pytest

from tests.plan.plans import plan, short, skipped

LONE = "the matrix gives only this job, and jobs.include has entries: Travis then runs the entries alone"


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        pytest.param("script: a", ("os", "language"), [("linux", "ruby")], id="no matrix: one job with the defaults"),
        pytest.param(
            "{language: python, os: [linux, osx], python: ['3.8', '3.9']}",
            ("os", "python"),
            [("linux", "3.8"), ("linux", "3.9"), ("osx", "3.8"), ("osx", "3.9")],
            id="os before language keys, whatever the order in the file",
        ),
        pytest.param(
            "{env: [A=1, A=2], os: [linux, osx]}",
            ("os", "env"),
            [(os, [{"A": a}]) for os in ("linux", "osx") for a in ("1", "2")],
            id="rows of variables vary fastest",
        ),
        pytest.param(
            "{language: python, python: ['3.8'], rvm: ['2.7', '3.0']}",
            ("python", "rvm"),
            [("3.8", None)],
            id="an axis of another language does not multiply",
        ),
        pytest.param(
            "{language: python, python: ['3.8'], jobs: {include: [{name: x}]}}",
            ("name", "python"),
            [("x", "3.8")],
            id="a lone matrix job goes when there are entries, its value is inherited",
        ),
        pytest.param(
            "{language: python, python: ['3.8', '3.9'], jobs: {include: [{name: x}]}}",
            ("name", "python"),
            [(None, "3.8"), (None, "3.9"), ("x", "3.8")],
            id="entries come after the matrix and get the first value",
        ),
        pytest.param(
            "{env: {global: [G=1], jobs: [A=1, A=2]}, jobs: {include: [{name: x}, {name: y, env: B=1}]}}",
            ("name", "env"),
            [
                (None, [{"G": "1"}, {"A": "1"}]),
                (None, [{"G": "1"}, {"A": "2"}]),
                ("x", [{"G": "1"}, {"A": "1"}]),
                ("y", [{"G": "1"}, {"B": "1"}]),
            ],
            id="global variables first, entries without any get the first row",
        ),
        pytest.param(
            "{language: python, python: ['3.8', '3.9'], env: {global: [G=1], jobs: [A=1]}, "
            "jobs: {exclude: [{python: '3.8', env: A=1}]}}",
            ("python",),
            ["3.9"],
            id="a rule compares variables without global ones",
        ),
        pytest.param(
            "{os: [linux, osx], jobs: {exclude: [{stage: TEST, os: osx}]}}", ("os",), ["linux"], id="no stage is test"
        ),
        pytest.param(
            "{os: [linux, osx], jobs: {exclude: [{if: branch = master}]}}", ("os",), [], id="a rule of only a condition"
        ),
        pytest.param(
            "{os: [linux, osx], jobs: {exclude: [{os: osx, if: branch = x}]}}",
            ("os",),
            ["linux", "osx"],
            id="a rule whose condition does not hold",
        ),
        pytest.param("{os: [linux, linux]}", ("os",), ["linux"], id="equal jobs once"),
        pytest.param(
            "{language: python, jobs: {include: [{language: ruby, python: '3.8', rvm: '2.7'}]}}",
            ("python", "rvm"),
            [(None, "2.7")],
            id="keys without effect go",
        ),
        pytest.param(
            "{language: objective-c, os: [linux, osx]}",
            ("os",),
            [None, "osx"],
            id="values without effect go, the job stays",
        ),
        pytest.param(
            "{language: python, jobs: {include: [{language: generic, virtualenv: {system_site_packages: true}}]}}",
            ("virtualenv",),
            [{"system_site_packages": True}],
            id="Travis overlooks the limits of maps",
        ),
        pytest.param(
            "{jobs: {include: [{name: a, if: branch = master}, {name: b, if: tag IS present}, {name: c, if: = bad}]}}",
            ("name",),
            ["a"],
            id="a condition that does not hold or cannot be read",
        ),
        pytest.param("{if: branch = x, os: [linux, osx]}", ("os",), [], id="the root's condition is in every job"),
    ],
)
def test_jobs(text: str, keys: tuple[str, ...], expected: list[Any]) -> None:
    found = plan(text)
    assert short(found.jobs, *keys) == expected
    assert [job.number for job in found.jobs] == [f"1.{number}" for number in range(1, len(expected) + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "language: python\npython: ['3.8']\njobs:\n  include: [{name: x}]",
            [("job", "python: 3.8", LONE, "'3.8'")],
            id="lone job",
        ),
        pytest.param(
            "language: python\npython: ['3.8']\nenv: {global: [A=1]}\njobs:\n  include: [{name: x}]",
            [("job", "python: 3.8", LONE, "'3.8'")],
            id="global variables ask for no job, so they are not to blame",
        ),
        pytest.param("env: {global: [A=1]}\njobs:\n  include: [{name: x}]", [], id="nor do they alone"),
        pytest.param(
            "env: {jobs: [A=1]}\njobs:\n  include: [{name: x}]",
            [("job", "env: A=1", LONE, "A=1")],
            id="a row of variables does",
        ),
        pytest.param(
            "os: [linux, osx]\njobs:\n  exclude:\n  - os: osx",
            [("job", "os: osx", "rule 1 of jobs.exclude fits it", "os: osx")],
            id="excluded",
        ),
        pytest.param(
            "os: [linux, osx]\njobs:\n  exclude:\n  - os: osx\n    if: branch = x",
            [("exclude", "1", "its condition holds for no job", "branch = x")],
            id="idle rule",
        ),
        pytest.param(
            "os: [linux, linux]",
            [("job", "os: linux", "it equals a job before it, so Travis drops it", "linux")],
            id="repeated",
        ),
        pytest.param(
            "jobs:\n  include:\n  - {name: b, if: tag IS present}\n  - {name: c, if: = bad}",
            [
                ("job", "b", "its condition does not hold", "tag IS present"),
                ("job", "c", "its condition does not hold: an attribute or a value is missing before '='", "= bad"),
            ],
            id="conditions",
        ),
        pytest.param(
            "language: python\njobs:\n  include:\n  - {language: ruby, python: '3.8'}",
            [
                ("key", "python", "'python' has no effect with language: ruby", "'3.8'"),
            ],
            id="no effect",
        ),
    ],
)
def test_skipped(text: str, expected: list[Any]) -> None:
    assert skipped(plan(text)) == expected


def test_official_messages_number_1_and_repeat_for_each_job() -> None:
    found = plan(
        "os: [linux, osx]\njobs:\n  exclude:\n  - os: bar\n  - {os: foo, if: branch = x}\n  include:\n  - if: tag IS present"
    )
    assert [(one.key, one.code, one.args, one.span.text) for one in found.matrix_messages] == [
        *[("jobs.exclude", "skip_exclude", {"number": 1, "condition": "branch = x"}, "branch = x")] * 3,
        ("jobs.include", "skip_job", {"number": 1, "condition": "tag IS present"}, "tag IS present"),
    ]


def test_an_attribute_that_is_blank_is_unknown_to_jobs_only() -> None:
    text = 'if: tag = ""\nstages: [{name: test, if: tag = ""}]'
    assert plan(text, tag="").jobs == ()
    found = plan('stages: [{name: test, if: tag = ""}]', tag="")
    assert len(found.jobs) == 1


def test_equal_jobs_are_once_in_the_matrix_too() -> None:
    assert [job["os"] for job in plan("os: [linux, linux]").matrix] == ["linux"]


@pytest.mark.parametrize(
    ("env", "rows"),
    [
        pytest.param("{global: [A=1], B: 2}", [{"B": "2"}], id="a map"),
        pytest.param("[{global: A=1, B: 2}, C=3]", [{"B": "2"}, {"C": "3"}], id="a list"),
    ],
)
def test_what_an_entry_calls_global_is_none_of_its_rows(env: str, rows: list[Any]) -> None:
    (job,) = plan(f"language: shell\njobs: {{include: [{{script: x, env: {env}}}]}}\n").jobs
    assert job.config["env"] == rows
