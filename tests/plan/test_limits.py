import time
import tracemalloc

import pytest

from tests.plan.plans import normal, plan
from travistool.plan.expand import expand
from travistool.plan.model import Event

_FIFTY = ", ".join(f"'{number}'" for number in range(50))
_ROWS = ", ".join(f"A={number}" for number in range(50))
_BOMB = f"language: ruby\nos: [osx, {_FIFTY}]\nenv: [{_ROWS}]\n" + "".join(
    f"{key}: [{_FIFTY}]\n" for key in ("rvm", "jdk", "gemfile", "osx_image")
)


def test_a_matrix_bomb_is_refused_before_it_is_made() -> None:
    given = normal(_BOMB)
    tracemalloc.start()
    found = expand(given, Event())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (problem,) = found.diagnostics
    assert (problem.rule, problem.span.text) == ("matrix-too-big", "os")
    assert problem.message == (
        "the matrix has 15,937,500,000 jobs (51 os × 50 osx_image × 50 jdk × 50 rvm × 50 gemfile × 50 env); "
        "Travis runs no build of more than 200 jobs, and more than 10,000 are not planned"
    )
    assert (found.jobs, found.stages, found.matrix) == ((), (), ())
    assert peak < 5_000_000


def test_jobs_times_rules_are_limited_too() -> None:
    numbers = ", ".join(f"'{one}'" for one in range(100))
    rules = ", ".join(["{os: osx, if: branch = x}"] * 201)
    found = plan(f"language: ruby\nrvm: [{numbers}]\ngemfile: [{numbers}]\njobs:\n  exclude: [{rules}]")
    assert [(one.rule, one.span.text) for one in found.diagnostics] == [("matrix-too-big", "jobs")]
    assert found.diagnostics[0].message.startswith("10,000 jobs and 201 rules of jobs.exclude and jobs.allow_failures")
    assert found.jobs == ()


@pytest.mark.parametrize(("number", "rules"), [(200, []), (201, ["too-many-jobs"])])
def test_more_jobs_than_travis_runs_are_planned_and_reported(number: int, rules: list[str]) -> None:
    found = plan("language: python\npython: [" + ", ".join(f"'{one}'" for one in range(number)) + "]")
    assert len(found.jobs) == number
    assert [one.rule for one in found.diagnostics] == rules


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        pytest.param(
            f"language: ruby\nos: [linux, osx]\nrvm: [{_FIFTY}]\nenv:\n  global: [A=1]\n  jobs: [B=1, B=2, B=3]\n",
            "the build has 300 jobs (2 os × 50 rvm × 3 env), Travis runs no build of more than 200",
            "rvm",
            id="the key with most values",
        ),
        pytest.param(
            f"language: ruby\nrvm: ['3.1', '3.2']\nenv:\n  global: [A=1]\n  jobs: [{_ROWS}, {_ROWS.replace('A', 'B')}]\n"
            "jobs:\n  include:\n  - {name: x}\n",
            "the build has 201 jobs (2 rvm × 100 env + 1 of jobs.include), Travis runs no build of more than 200",
            "jobs",
            id="rows of env, and an entry",
        ),
        pytest.param(
            "jobs: {include: [" + ", ".join(f"{{name: '{one}'}}" for one in range(201)) + "]}\n",
            "the build has 201 jobs (201 of jobs.include), Travis runs no build of more than 200",
            "include",
            id="entries alone",
        ),
    ],
)
def test_too_many_jobs_says_what_makes_them(text: str, message: str, place: str) -> None:
    (problem,) = plan(text).diagnostics
    assert (problem.message, problem.span.text) == (message, place)


@pytest.mark.heavy
@pytest.mark.parametrize(("first", "second", "planned"), [(100, 100, 10_000), (101, 100, 0)])
def test_the_limit_is_10000_rows(first: int, second: int, planned: int) -> None:
    versions = ", ".join(f"'{one}'" for one in range(first))
    rows = ", ".join(f"A={one}" for one in range(second))
    assert len(plan(f"language: python\npython: [{versions}]\nenv: [{rows}]").jobs) == planned


def test_200_jobs_in_20_ms() -> None:
    numbers = [f"'3.{number}'" for number in range(10)]
    rows = [f"A={number}" for number in range(10)]
    given = normal(
        f"language: python\nos: [linux, osx]\npython: [{', '.join(numbers)}]\nscript: [a, b, c]\n"
        f"env: {{global: [G=1], jobs: [{', '.join(rows)}]}}\n"
    )
    best = 1.0
    for _ in range(7):
        start = time.process_time()
        found = expand(given, Event())
        best = min(best, time.process_time() - start)
    assert len(found.jobs) == 200
    assert best < 0.02
