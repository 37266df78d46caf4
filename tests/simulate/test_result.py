"""States by the rules of the service."""

import pytest

from travistool.simulate.result import JobResult, JobState, StageResult, build_state, job_state, listed, stage_state


def job(state: JobState, *, allowed: bool = False) -> JobResult:
    return JobResult(number="1.1", name=None, stage=None, state=state, allow_failure=allowed)


@pytest.mark.parametrize(
    ("code", "state"), [(0, "passed"), (1, "failed"), (2, "errored"), (86, "errored"), (137, "errored")]
)
def test_jobs(code: int, state: str) -> None:
    assert job_state(code) == state


@pytest.mark.parametrize(
    ("jobs", "state"),
    [
        pytest.param([job("passed"), job("failed"), job("errored"), job("canceled")], "canceled", id="canceled wins"),
        pytest.param([job("failed"), job("errored")], "errored", id="then errored"),
        pytest.param([job("passed"), job("failed")], "failed", id="then failed"),
        pytest.param([job("passed"), job("failed", allowed=True)], "passed", id="tolerated jobs do not count"),
        pytest.param([job("failed", allowed=True)], "passed", id="only tolerated ones"),
        pytest.param([job("passed"), job("skipped")], "passed", id="what cannot run here does not count"),
    ],
)
def test_stages(jobs: list[JobResult], state: str) -> None:
    assert stage_state(jobs) == state


def stages(*states: JobState) -> list[StageResult]:
    return [StageResult("", state, (job(state),), 0.0) for state in states]


def test_a_build_is_what_its_first_bad_stage_is() -> None:
    assert build_state(stages("passed", "failed", "canceled")) == "failed"
    assert build_state(stages("passed", "passed")) == "passed"


def test_a_build_of_which_nothing_ran_is_not_green() -> None:
    assert build_state([StageResult("", "passed", (job("skipped"),), 0.0)]) == "skipped"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("", ""),
        ("1.1", "1.1"),
        ("1.1 1.2 1.3", "1.1, 1.2, 1.3"),
        ("1.9 1.10 1.11 1.12", "1.9 to 1.12"),
        ("1.1 1.3 1.4 1.5 1.6 1.8", "1.1, 1.3 to 1.6, 1.8"),
    ],
)
def test_numbers_in_words(numbers: str, expected: str) -> None:
    assert listed(numbers.split()) == expected
