"""From a plan to results: stage after stage, the jobs of a stage side by side. Read this after engine.py.

order ─▶ engine ─▶ bytes ─▶ marks out ─▶ secrets out ─▶ log and whoever watches
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from travistool.plan.model import BuildPlan, Job
from travistool.simulate.engine import Ending, Engine, Order, Stop, Why
from travistool.simulate.happening import Happening, JobEnded, JobStarted, Observe, StageEnded, StageStarted
from travistool.simulate.output import Limits, Output, Watch
from travistool.simulate.result import (
    BuildResult,
    JobResult,
    JobState,
    StageResult,
    build_state,
    job_state,
    stage_state,
)
from travistool.simulate.script.cache import key as cache_key
from travistool.simulate.script.compile import compile_job
from travistool.simulate.script.facts import Build
from travistool.simulate.tree import Trees

_WHY: dict[Why, str] = {
    "timeout": "it ran longer than {timeout:g} s",
    "silence": "it printed nothing for {silence:g} s",
    "log": "its log is longer than {log} bytes",
    "canceled": "interrupted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that one run of a build needs. `refused` are reasons, by number, for jobs that cannot run here.

    `logs` is the folder for logs, `` for none. `event` is in words. `linger` is the order's, with the job before.
    """

    plan: BuildPlan
    build: Build
    engine: Engine
    trees: Trees
    event: str = ""
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    logs: str = ""
    cache: bool = True
    refused: dict[str, str] = field(default_factory=dict)
    linger: Callable[[Job, Ending, Callable[[], int]], None] | None = None
    keep: bool = False
    id: str = field(default_factory=lambda: os.urandom(4).hex())


class Canceler:
    """Cancels a run from outside: from a signal handler, or another thread."""

    def __init__(self) -> None:
        self._stops: set[Stop] = set()
        self._lock = threading.RLock()
        self.is_set = False

    def cancel(self) -> None:
        """End all jobs that run, and let no other one start."""
        with self._lock:
            self.is_set = True
            stops = tuple(self._stops)
        for stop in stops:
            stop.set("canceled")

    def add(self, stop: Stop) -> None:
        """Take in the stop of a job that begins."""
        with self._lock:
            self._stops.add(stop)
        if self.is_set:
            stop.set("canceled")

    def remove(self, stop: Stop) -> None:
        """Forget a job that has ended."""
        with self._lock:
            self._stops.discard(stop)


def run_build(run: Run, chosen: Iterable[Job], observe: Observe, canceler: Canceler) -> BuildResult:
    """Run jobs of a plan, stage after stage, and return what came of them. Raises EngineError."""
    start = time.monotonic()
    lock = threading.Lock()

    def tell(happening: Happening) -> None:
        with lock:
            observe(happening)

    done: list[StageResult] = []
    for name, jobs in _stages(run.plan, tuple(chosen)):
        broken = next((stage for stage in done if stage.state != "passed"), None)
        tell(StageStarted(name))
        began = time.monotonic()
        if broken is not None or canceler.is_set:
            because = f"stage '{broken.name}' {broken.state}" if broken is not None else _WHY["canceled"]
            results = tuple([_not_run(job, "canceled", because) for job in jobs])
            for result in results:
                tell(JobEnded(result))
        else:
            results = _stage(run, jobs, tell, canceler)
        stage = StageResult(name, stage_state(results), results, time.monotonic() - began)
        done.append(stage)
        tell(StageEnded(stage))
    seconds = time.monotonic() - start
    return BuildResult(state=build_state(done), event=run.event, stages=tuple(done), seconds=seconds)


def _stages(plan: BuildPlan, chosen: tuple[Job, ...]) -> list[tuple[str, tuple[Job, ...]]]:
    """Return the chosen jobs by stage, in order; one stage without a name where the build has none."""
    if not plan.stages:
        return [("", chosen)] if chosen else []
    numbers = {job.number for job in chosen}
    grouped = [(stage.name, tuple(job for job in stage.jobs if job.number in numbers)) for stage in plan.stages]
    return [(name, jobs) for name, jobs in grouped if jobs]


def _stage(run: Run, jobs: tuple[Job, ...], tell: Observe, canceler: Canceler) -> tuple[JobResult, ...]:
    """Run the jobs of one stage. What one job raises ends the others, and is raised when they have ended."""

    def one(job: Job) -> JobResult:
        result = _not_run(job, "canceled", _WHY["canceled"]) if canceler.is_set else _job(run, job, tell, canceler)
        tell(JobEnded(result))
        return result

    if run.jobs == 1 or len(jobs) == 1:
        return tuple([one(job) for job in jobs])
    with ThreadPoolExecutor(max_workers=run.jobs) as pool:
        futures = [pool.submit(one, job) for job in jobs]
        try:
            return tuple([future.result() for future in futures])
        except BaseException:
            canceler.cancel()
            raise


def _not_run(job: Job, state: JobState, because: str) -> JobResult:
    return JobResult(
        number=job.number,
        name=job.name,
        stage=job.stage,
        state=state,
        allow_failure=job.allow_failure,
        because=because,
    )


def _job(run: Run, job: Job, tell: Observe, canceler: Canceler) -> JobResult:
    refused = run.refused.get(job.number)
    if refused is not None:
        return _not_run(job, "skipped", refused)
    git = job.config.get("git")
    source = run.trees.folder(git if isinstance(git, dict) else {})
    script = compile_job(job, run.build, run.engine.means)
    linger = run.linger
    # Whoever looks around where a job has ended takes the time that they need.
    rest = threading.Event()

    def lingering(ending: Ending, shell: Callable[[], int]) -> None:
        rest.set()
        if linger is not None:
            linger(job, ending, shell)

    order = Order(
        job=job,
        build=run.build,
        script=script,
        run=run.id,
        source=source,
        place=run.build.repo,
        marks=os.urandom(16).hex(),
        cache=cache_key(job) if run.cache else "",
        timeout_seconds=run.limits.timeout_seconds,
        linger=None if linger is None else lingering,
        keep=run.keep,
    )
    log = os.path.join(run.logs, f"{job.number}.log") if run.logs else ""
    tell(JobStarted(job, log))
    with Output(order, log, tell) as output:
        stop = Stop()
        canceler.add(stop)
        with Watch(stop, output, run.limits, rest):
            try:
                ending = run.engine.run(order, output.write, stop)
            finally:
                canceler.remove(stop)
        output.finish()
    return _result(job, run.limits, ending, stop, output)


def _result(job: Job, limits: Limits, ending: Ending, stop: Stop, output: Output) -> JobResult:
    code = ending.exit_code if stop.why is None else None
    phases, deployments = output.progress.end(code if stop.why != "canceled" else None)
    bad = next((phase.failing for phase in phases if phase.state in ("failed", "errored") and phase.failing), None)
    words = {"timeout": limits.timeout_seconds, "silence": limits.silence_seconds, "log": limits.log_bytes}
    because = ending.problem if stop.why is None else _WHY[stop.why].format(**words)
    state: JobState = "canceled" if stop.why == "canceled" else "errored" if code is None else job_state(code)
    return JobResult(
        number=job.number,
        name=job.name,
        stage=job.stage,
        state=state,
        allow_failure=job.allow_failure,
        exit_code=code,
        because=because,
        seconds=time.monotonic() - output.began,
        phases=phases,
        deployments=deployments,
        log=output.path,
        log_bytes=output.size,
        kept=ending.kept,
        tail=output.tail(bad.text if bad is not None else ""),
    )
