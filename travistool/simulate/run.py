"""From a plan to results: stage after stage, the jobs of a stage side by side. Read this after engine.py.

order ─▶ engine ─▶ bytes ─▶ marks out ─▶ secrets out ─▶ log and whoever watches
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from travistool.plan.model import BuildPlan, Job
from travistool.record import Record
from travistool.simulate.canceler import Canceler
from travistool.simulate.engine import Ending, Engine, Order, Stop, Why
from travistool.simulate.happening import Happening, JobEnded, JobStarted, Observe, StageEnded, StageStarted
from travistool.simulate.limits import Limits
from travistool.simulate.output import Output, Watch, Watched
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


class Run(Record):
    """All that one run of a build needs. `refused` are reasons, by number, for jobs that cannot run here.

    `id` is the run's own. `logs` is the folder for logs, `` for none. `event` is in words. `linger` is the order's, with the job before.
    """

    plan: BuildPlan
    build: Build
    engine: Engine
    trees: Trees
    id: str
    event: str = ""
    jobs: int = 1
    limits: Limits = Limits()
    logs: str = ""
    cache: bool = True
    refused: Mapping[str, str] = MappingProxyType({})
    linger: Callable[[Job, Ending, Callable[[], int]], None] | None = None
    keep: bool = False


def run_build(run: Run, chosen: Iterable[Job], observe: Observe, canceler: Canceler) -> BuildResult:
    """Run jobs of a plan, stage after stage, and return what came of them. Raises EngineError."""
    start = time.monotonic()
    lock = threading.Lock()

    def tell(happening: Happening) -> None:
        with lock:
            observe(happening)

    with Watch(run.limits) as watch:
        done = _all_stages(run, _stages(run.plan, tuple(chosen)), tell, canceler, watch)
    return BuildResult(state=build_state(done), event=run.event, stages=tuple(done), seconds=time.monotonic() - start)


def _all_stages(
    run: Run, stages: list[tuple[str, tuple[Job, ...]]], tell: Observe, canceler: Canceler, watch: Watch
) -> list[StageResult]:
    done: list[StageResult] = []
    for name, jobs in stages:
        broken = next((stage for stage in done if stage.state != "passed"), None)
        tell(StageStarted(name))
        began = time.monotonic()
        if broken is not None or canceler.is_set:
            because = f"stage '{broken.name}' {broken.state}" if broken is not None else _WHY["canceled"]
            results = tuple([_not_run(job, "canceled", because) for job in jobs])
            for result in results:
                tell(JobEnded(result))
        else:
            results = _stage(run, jobs, tell, canceler, watch)
        stage = StageResult(name, stage_state(results), results, time.monotonic() - began)
        done.append(stage)
        tell(StageEnded(stage))
    return done


def _stages(plan: BuildPlan, chosen: tuple[Job, ...]) -> list[tuple[str, tuple[Job, ...]]]:
    """Return the chosen jobs by stage, in order; one stage without a name where the build has none."""
    if not plan.stages:
        return [("", chosen)] if chosen else []
    numbers = {job.number for job in chosen}
    grouped = [(stage.name, tuple(job for job in stage.jobs if job.number in numbers)) for stage in plan.stages]
    return [(name, jobs) for name, jobs in grouped if jobs]


def _stage(run: Run, jobs: tuple[Job, ...], tell: Observe, canceler: Canceler, watch: Watch) -> tuple[JobResult, ...]:
    """Run the jobs of one stage. What one job raises ends the others, and is raised when they have ended."""

    def one(job: Job) -> JobResult:
        is_late = canceler.is_set
        result = _not_run(job, "canceled", _WHY["canceled"]) if is_late else _job(run, job, tell, canceler, watch)
        tell(JobEnded(result))
        return result

    if run.jobs == 1 or len(jobs) == 1:
        return tuple([one(job) for job in jobs])
    return _side_by_side(one, jobs, min(run.jobs, len(jobs)), canceler)


def _side_by_side(
    one: Callable[[Job], JobResult], jobs: tuple[Job, ...], threads: int, canceler: Canceler
) -> tuple[JobResult, ...]:
    """Run jobs in threads. A pool of `concurrent.futures` takes as long to load as a job to run."""
    left = deque(range(len(jobs)))
    results: dict[int, JobResult] = {}
    broken: list[BaseException] = []

    def work() -> None:
        try:
            while (number := _next(left)) is not None:
                results[number] = one(jobs[number])
        except BaseException as error:  # noqa: BLE001  # raised below, in the thread that asked for the run
            broken.append(error)
            canceler.cancel()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    _join(workers, canceler)
    if broken:
        raise broken[0]
    return tuple([results[number] for number in range(len(jobs))])


def _next(left: deque[int]) -> int | None:
    """Take a number; None when none is left."""
    try:
        return left.popleft()
    except IndexError:
        return None


def _join(workers: list[threading.Thread], canceler: Canceler) -> None:
    try:
        for worker in workers:
            worker.join()
    except BaseException:
        canceler.cancel()
        for worker in workers:
            worker.join()
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


def _job(run: Run, job: Job, tell: Observe, canceler: Canceler, watch: Watch) -> JobResult:
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
        with watch.over(Watched(stop, output, rest)):
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
