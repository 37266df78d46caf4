"""Options that make no sense together, where a terminal is needed to get so far."""

import sys

import pytest

from tests.plan.plans import plan
from travistool.cli.combining import check, check_chosen
from travistool.cli.simulate_options import SimulateOptions
from travistool.errors import UsageError

PLAN = plan("language: shell\nscript: 'true'\njobs: {include: [{name: One}, {name: Two}]}\n")


def test_a_shell_for_a_job_that_does_not_run() -> None:
    options = SimulateOptions(shell="Two")
    check_chosen(options, PLAN, PLAN.jobs)
    with pytest.raises(UsageError, match=r"--shell names job 1\.2, which is not among those that run"):
        check_chosen(options, PLAN, PLAN.jobs[:1])


@pytest.mark.parametrize("progress", ["live", "jsonl"])
def test_a_shell_and_what_else_needs_the_terminal(progress: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    check(SimulateOptions(shell="Two", progress="lines"))
    with pytest.raises(UsageError, match=f"--shell needs the terminal that --progress {progress} writes to"):
        check(SimulateOptions(shell="Two", progress=progress))
