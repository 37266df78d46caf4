"""What runs a job: the seam between a build and the machines that it runs on.

An engine gets one order a job and gives back how the script ended; it knows nothing of stages, states or logs. It may be
called by several threads at once. Deadlines, silence and Ctrl-C reach it as a `Stop`; what the job prints leaves it as
bytes, in order, unmasked, as soon as they come.
"""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable
from typing import Literal, Protocol

from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.script.compile import Script
from travistool.simulate.script.facts import Build, Means

Why = Literal["timeout", "silence", "log", "canceled"]
Write = Callable[[bytes], None]


class Stop:
    """The wish to end a job, and why. Set once, by any thread; an engine asks for it or is called."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[Callable[[], None]] = []
        self.why: Why | None = None

    def set(self, why: Why) -> None:
        """Ask for the end. Later reasons do not replace the first one."""
        with self._lock:
            if self.why is not None:
                return
            self.why = why
            calls, self._calls = self._calls, []
        for one in calls:
            one()

    def on_set(self, call: Callable[[], None]) -> None:
        """Have a function called when the end is asked for; at once if it is already. It must not block or raise."""
        with self._lock:
            if self.why is None:
                self._calls.append(call)
                return
        call()


class Ending(Record):
    """How a script ended. `exit_code` is None where the machine was lost; `problem` says what people have to know.

    `kept` says where the machine still is, `` for one that is gone.
    """

    exit_code: int | None
    problem: str = ""
    kept: str = ""


class Remark(Record):
    """What people should know about a job on an engine before it runs there; `hint` is what to do about it."""

    severity: Literal["problem", "note"]
    message: str
    hint: str = ""


class Order(Record):
    """One job to run.

    The script is run as `bash FILE` with an empty standard input in `$HOME`, its environment the machine's own and:
    TRAVISTOOL_MARKS=`marks`; TRAVISTOOL_SECRETS=a file that holds `script.secrets` and only the job can read, where
    there are any; TRAVISTOOL_CACHE and TRAVISTOOL_WORKSPACES=folders that outlive the job; TRAVISTOOL_INSIDE=the
    folder that caches and workspaces stay in, unless the job has the whole machine; TRAVISTOOL_TMP=an empty
    folder that does not, if the engine has made one; TRAVISTOOL_STATE=a file to which the job writes its variables and
    folder as shell text, for a shell where it has ended. `terminal`: its output is one. The engine puts a copy of `source`, a folder here, to `$HOME/build/<place>`; `` means that there is none.

    `job` tells image, services, addons; `build` the names that hosts and labels are made of. `run` is the run's own
    id. `cache` names the folder for TRAVISTOOL_CACHE, `` for none. Workspaces are one folder a run. `linger` is called
    when the script has ended and the machine still stands, with how it ended and with what opens a shell there. `keep`:
    the machine is left for people to look at, without processes and secrets; an engine that cannot leaves nothing.
    """

    job: Job
    build: Build
    script: Script
    run: str
    source: str = ""
    place: str = ""
    marks: str = ""
    cache: str = ""
    timeout_seconds: float = 3000.0
    linger: Callable[[Ending, Callable[[], int]], None] | None = None
    keep: bool = False

    @property
    def terminal(self) -> bool:
        """Tell whether the job's output has to be a terminal."""
        return self.script.needs_terminal

    def for_people(self, term: str) -> str:
        """Return the shell text that goes behind TRAVISTOOL_STATE for a shell on a terminal of the kind `term`."""
        prompt = shlex.quote(f"[job {self.job.number}] \\w\\$ ")
        return f"export TERM={shlex.quote(term or 'xterm')}\nunset TRAVISTOOL_STATE\nPS1={prompt}\n"


class Engine(Protocol):
    """A way to run jobs. `means` is what it does beside a script; scripts are compiled for it."""

    name: str
    means: Means

    def refuses(self, job: Job) -> str:
        """Return why a job cannot run here, in words for people; `` when it can. Raises EngineError without an engine."""

    def remarks(self, job: Job) -> tuple[Remark, ...]:
        """Return what will not be as on Travis, though the job can run. Raises EngineError without an engine."""

    def run(self, order: Order, write: Write, stop: Stop) -> Ending:
        """Run a job to its end and leave nothing behind: no process, no file. Raises EngineError."""

    def close(self) -> None:
        """Remove what belongs to the whole run. No job runs any more."""
