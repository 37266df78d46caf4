"""What happens while a build runs, as values for whoever watches: terminals, logs, machines."""

from __future__ import annotations

from collections.abc import Callable

from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.follow import Now
from travistool.simulate.result import JobResult, StageResult


class StageStarted(Record):
    """A stage begins; `` is the name of the one without a name."""

    stage: str


class JobStarted(Record):
    """A job begins. `log` is the path of its log, `` for none."""

    job: Job
    log: str


class JobMoved(Record):
    """A job has come to another phase or command."""

    number: str
    now: Now


class JobOutput(Record):
    """A job has printed something: bytes as the log has them, secrets hidden, lines not whole."""

    number: str
    data: bytes


class JobEnded(Record):
    """A job has ended, or will not run."""

    result: JobResult


class StageEnded(Record):
    """A stage has ended."""

    result: StageResult


Happening = StageStarted | JobStarted | JobMoved | JobOutput | JobEnded | StageEnded
Observe = Callable[[Happening], None]
