"""The end of a run for people: whole texts."""

from tests.simulate.reports.results import APART, BAD, GOOD, build
from travistool.simulate.reports.summary import text
from travistool.simulate.result import DeploymentResult

DEPLOYED = (
    DeploymentResult("npm", "skipped", "this is not a tagged commit."),
    DeploymentResult("pypi", "ignored"),
    DeploymentResult("script", "dry"),
)


def test_a_table_and_what_is_worth_a_line() -> None:
    assert text(build(GOOD, BAD, APART)).splitlines() == [
        "job       setup  script       after_failure  time  state",
        "1.1 good         2.5s                        2.5s  passed",
        "1.2       1.5s   failed 2.0s  ignored 0.2s   3.8s  failed, allowed to fail",
        "1.3                                          0.0s  skipped",
        "",
        "1.3: skipped, it runs on windows",
        "1.1 good: 4.6 MB of log: Travis would have ended the job as errored at 4.5 MB",
        "1.2: kept: /tmp/x",
        "1.2: script: 'make a ...' exited with 2",
        "1.2: after_failure: 'report' exited with 3, ignored by Travis",
        "build passed, 1 of 3 jobs not run here: 4.0 s",
    ]


def test_deployments_are_told() -> None:
    job = GOOD._replace(deployments=DEPLOYED, log_bytes=0)
    assert text(build(job)).splitlines()[3:] == [
        "1.1 good: deployment with npm: not run: this is not a tagged commit",
        "1.1 good: deployment with pypi: failed, which is allowed",
        "1.1 good: deployment with script: would run (dry run: --deploy script or --deploy all does it)",
        "build passed: 4.0 s, critical path 2.5 s (1.1)",
    ]


def test_nothing_that_could_run_is_not_green() -> None:
    assert text(build(APART, state="skipped")).splitlines()[-1] == "nothing could run here: 4.0 s"


def test_colors_are_those_of_the_states() -> None:
    lines = text(build(GOOD, BAD), color=True).splitlines()
    assert lines[1].endswith("  \x1b[32mpassed\x1b[0m")
    assert lines[2].endswith("  \x1b[31mfailed, allowed to fail\x1b[0m")
    assert lines[-1].startswith("\x1b[32mbuild passed\x1b[0m: ")
