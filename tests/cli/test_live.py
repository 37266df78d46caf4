"""The live view: what it says of jobs while they run, and when they end."""

import io

import pytest
from rich.console import Console

from tests.plan.plans import plan
from travistool.cli import live
from travistool.plan.model import Job
from travistool.simulate.follow import Now
from travistool.simulate.happening import JobEnded, JobMoved, JobStarted, StageStarted
from travistool.simulate.result import JobResult

JOBS: tuple[Job, ...] = tuple(plan("language: shell\njobs: {include: [{name: one, script: a}, {script: b}]}").jobs)
FAILED = JobResult(
    "1.1", "one", None, "failed", allow_failure=True, seconds=1.25, log="/logs/1.1", tail=("$ a", "no a")
)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    made = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=60, _environ={})
    monkeypatch.setattr(live, "Console", lambda: made)
    return made


def said(console: Console) -> list[str]:
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_what_a_job_is_doing(console: Console) -> None:
    view = live._View(JOBS, console)
    view(JobStarted(JOBS[0], ""))
    view(JobMoved("1.1", Now("script", "make\n  everything " + "x" * 60)))
    console.print(view)
    first, last = said(console)
    assert first[1:].split("make")[0].split() == ["1.1", "one", "script", "0s"]
    assert first.endswith("…")
    assert "make everything xxx" in first
    assert last == "0 of 2 jobs done, 2 to go, 0s"


def test_jobs_that_have_ended_are_lines_above(console: Console) -> None:
    view = live._View(JOBS, console)
    for one in (StageStarted(""), StageStarted("tests"), JobStarted(JOBS[0], ""), JobEnded(FAILED)):
        view(one)
    view(JobEnded(JobResult("1.2", None, None, "skipped", because="it runs on osx")))
    console.print(view)
    assert said(console) == [
        "stage tests",
        "✗ 1.1 one failed, allowed to fail in 1.2 s",
        "    $ a",
        "    no a",
        "    the whole log: /logs/1.1",
        "- 1.2 skipped: it runs on osx",
        "",
        "2 of 2 jobs done, 0 to go, 0s",
    ]


def test_it_is_gone_when_the_run_ends(console: Console) -> None:
    with live.live_view(JOBS) as observe:
        observe(StageStarted("tests"))
    assert console.file.getvalue().endswith("\x1b[1A\x1b[2K")  # type: ignore[attr-defined]
    assert any("stage tests" in line for line in said(console))
