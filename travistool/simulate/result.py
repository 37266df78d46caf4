"""What came of a build: states of commands, phases, jobs, stages, by the rules of the service.

Source: states of stages and builds travis-hub at c9a2154, of jobs the worker at c32b553.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from travistool.record import Record

JobState = Literal["passed", "failed", "errored", "canceled", "skipped"]
PhaseState = Literal["passed", "failed", "errored", "ignored", "canceled"]
DeploymentState = Literal["skipped", "dry", "deployed", "failed", "ignored"]

SETUP = ("start", "prepare", "checkout", "export", "setup", "cache", "announce")
"""Phases before those of the config; reports show them as one."""

_PRIORITY: tuple[JobState, ...] = ("canceled", "errored", "failed", "passed")
COUNTING = frozenset(
    (
        *("checkout", "setup", "prepare", "before_install", "install", "before_script", "script"),
        *("before_deploy", "deploy"),
    )
)
"""Phases in which a command that fails decides how the job ends."""


class Command(Record):
    """One entry that was run, as the log shows it. `exit_code` is None where it did not come to its own end."""

    text: str
    exit_code: int | None
    seconds: float


class Phase(Record):
    """One phase that was run. `ignored`: a command failed, and Travis does not mind."""

    name: str
    state: PhaseState
    seconds: float
    commands: tuple[Command, ...] = ()

    @staticmethod
    def made(name: str, seconds: float, commands: tuple[Command, ...], exit_code: int | None = 0) -> Phase:
        """Return a phase by what its commands came to; `exit_code` is that of the job, where it ended the job."""
        return Phase(name, _phase_state(name, commands, exit_code), seconds, commands)

    @property
    def failing(self) -> Command | None:
        """The first command that failed; None when none did."""
        return next((one for one in self.commands if one.exit_code not in (0, None)), None)


def _phase_state(name: str, commands: tuple[Command, ...], exit_code: int | None) -> PhaseState:
    if exit_code is None:
        return "canceled"
    if exit_code not in (0, 1):
        return "errored"
    if exit_code == 1:
        return "failed"
    if all(one.exit_code in (0, None) for one in commands):
        return "passed"
    return "failed" if name == "script" else "ignored"


class DeploymentResult(Record):
    """What became of one deployment. `dry`: its conditions hold, and nothing was deployed."""

    provider: str
    state: DeploymentState
    reason: str = ""


class JobResult(Record):
    """What came of one job.

    `exit_code` is None for a job that was not run to its end; `because` says why it was skipped, canceled or ended from
    outside. `log` is the path of its log, `` for none; `log_bytes` how much it printed; `tail` its last lines, for people;
    `kept` where its machine still is, `` for nowhere. Times are of a monotonic clock.
    """

    number: str
    name: str | None
    stage: str | None
    state: JobState
    allow_failure: bool = False
    exit_code: int | None = None
    because: str = ""
    seconds: float = 0.0
    phases: tuple[Phase, ...] = ()
    deployments: tuple[DeploymentResult, ...] = ()
    log: str = ""
    log_bytes: int = 0
    kept: str = ""
    tail: tuple[str, ...] = ()

    @property
    def ignored(self) -> tuple[Phase, ...]:
        """Phases with failing commands that do not count."""
        return tuple([phase for phase in self.phases if phase.state == "ignored" and phase.name in _USERS])


_USERS = frozenset(("before_cache", "after_success", "after_failure", "after_script", "after_deploy"))


class StageResult(Record):
    """One stage; the name is empty in a build without stages."""

    name: str
    state: JobState
    jobs: tuple[JobResult, ...]
    seconds: float


class BuildResult(Record):
    """What came of a build. `event` is in words for people."""

    state: JobState
    event: str
    stages: tuple[StageResult, ...]
    seconds: float

    @property
    def jobs(self) -> tuple[JobResult, ...]:
        """All jobs, in order."""
        return tuple([job for stage in self.stages for job in stage.jobs])

    @property
    def critical(self) -> tuple[JobResult, ...]:
        """The critical path: the longest job of each stage. What they take, more jobs side by side cannot make shorter."""
        longest = [max(stage.jobs, key=lambda job: job.seconds) for stage in self.stages if stage.jobs]
        return tuple([job for job in longest if job.seconds])


def job_state(exit_code: int) -> JobState:
    """Return the state of a job by the exit status of its script."""
    states: Mapping[int, JobState] = {0: "passed", 1: "failed"}
    return states.get(exit_code, "errored")


def stage_state(jobs: Iterable[JobResult]) -> JobState:
    """Return the state of a stage: of its required jobs. One that has none, or none that could run, has passed."""
    states = {job.state for job in jobs if not job.allow_failure}
    return next((state for state in _PRIORITY if state in states), "passed")


def build_state(stages: Iterable[StageResult]) -> JobState:
    """Return the state of a build: that of the first stage that has not passed; `skipped` where nothing ran."""
    listed = tuple(stages)
    if all(job.state == "skipped" for stage in listed for job in stage.jobs):
        return "skipped"
    return next((stage.state for stage in listed if stage.state != "passed"), "passed")


def listed(numbers: Iterable[str]) -> str:
    """Return numbers of jobs in words; more than three that follow each other become `1.1 to 1.4`."""
    groups: list[list[str]] = []
    for number in numbers:
        if groups and _place(number) == _place(groups[-1][-1]) + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(f"{one[0]} to {one[-1]}" if len(one) > _FEW else ", ".join(one) for one in groups)


def _place(number: str) -> int:
    return int(number.rpartition(".")[2])


_FEW = 3
