import pytest

from tests.plan.plans import plan, short, skipped


@pytest.mark.parametrize(
    ("rules", "tolerated"),
    [
        pytest.param("{os: osx}", ["osx"], id="one key"),
        pytest.param("{os: osx, env: A=1}", ["osx"], id="variables without global ones"),
        pytest.param("{env: A=1 G=1}", [], id="a row written as one is another row"),
        pytest.param("{env: [A=1, G=1]}", ["linux", "osx"], id="global variables on top of the row"),
        pytest.param("{env: A=2}", [], id="other variables"),
        pytest.param("{branch: master}", ["linux", "osx"], id="branch, the old way"),
        pytest.param("{branch: x}", [], id="another branch"),
        pytest.param("{if: branch = master}", ["linux", "osx"], id="only a condition"),
        pytest.param("{os: osx, if: branch = x}", [], id="a condition that does not hold"),
        pytest.param("{os: osx, if: os = osx}", ["osx"], id="a condition about the job"),
        pytest.param("{os: [osx]}", ["osx"], id="lists are unwrapped when normalized"),
    ],
)
def test_tolerated(rules: str, tolerated: list[str]) -> None:
    found = plan("{os: [linux, osx], env: {global: [G=1], jobs: [A=1]}, jobs: {allow_failures: [" + rules + "]}}")
    assert short(tuple(job for job in found.jobs if job.allow_failure), "os") == tolerated
    assert all(job.config.get("allow_failure", False) is job.allow_failure for job in found.jobs)


def test_allow_failure_of_the_job_itself() -> None:
    found = plan("{jobs: {include: [{name: a, allow_failure: true}, {name: b}]}}")
    assert [(job.name, job.allow_failure) for job in found.jobs] == [("b", False), ("a", True)]


def test_skipped_rules() -> None:
    found = plan("os: [linux, osx]\njobs:\n  allow_failures:\n  - os: windows\n  - os: linux\n    if: branch = x")
    assert skipped(found) == [
        ("allow_failure", "1", "it fits no job", "os: windows"),
        ("allow_failure", "2", "it does not apply to 'os: linux': its condition does not hold", "branch = x"),
    ]
    # The official number is the job's.
    assert [(one.code, one.args["number"]) for one in found.messages] == [("skip_allow_failure", 1)]
