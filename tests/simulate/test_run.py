"""Jobs side by side: results in the order of the build; what one job raises ends the others."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plan.plans import plan
from travistool.errors import EngineError
from travistool.plan.model import Event, Job
from travistool.simulate.canceler import Canceler
from travistool.simulate.engine import Ending, Order, Remark, Stop, Write
from travistool.simulate.happening import Happening, JobStarted
from travistool.simulate.result import BuildResult
from travistool.simulate.run import Run, run_build
from travistool.simulate.script.facts import HERE, Build, Means
from travistool.simulate.tree import Origin, Trees

CONFIG = "language: shell\njobs:\n  include:\n" + "".join(f"  - script: echo {number}\n" for number in range(6))


class Fake:
    """An engine of which each job is a call of a function."""

    name = "fake"
    means: Means = HERE

    def __init__(self, call: Callable[[Order, Stop], Ending]) -> None:
        self._call = call

    def refuses(self, job: Job) -> str:
        del job
        return ""

    def remarks(self, job: Job) -> tuple[Remark, ...]:
        del job
        return ()

    def run(self, order: Order, write: Write, stop: Stop) -> Ending:
        write(b"output\n")
        return self._call(order, stop)

    def close(self) -> None:
        return


def ran(
    folder: Path, call: Callable[[Order, Stop], Ending], observe: Callable[[Happening], None], jobs: int = 2
) -> BuildResult:
    made = plan(CONFIG, branch="main")
    build = Build(event=Event(branch="main"))
    trees = Trees(Origin(str(folder)), build)
    try:
        run = Run(plan=made, build=build, engine=Fake(call), trees=trees, id="r", jobs=jobs)
        return run_build(run, made.jobs, observe, Canceler())
    finally:
        trees.close()


@pytest.mark.parametrize("jobs", [1, 2, 50])
def test_results_are_in_the_order_of_the_build(jobs: int, tmp_path: Path) -> None:
    turn = threading.Event()

    def call(order: Order, stop: Stop) -> Ending:
        del stop
        if order.job.number == "1.1" and jobs > 1:
            # The first job is the last one to end.
            turn.wait(10)
        if order.job.number == "1.6":
            turn.set()
        return Ending(int(order.job.number == "1.3"))

    result = ran(tmp_path, call, lambda _: None, jobs)
    assert [(job.number, job.state) for job in result.jobs] == [
        (f"1.{number}", "failed" if number == 3 else "passed") for number in range(1, 7)
    ]
    assert result.state == "failed"


def test_what_a_job_raises_ends_the_others(tmp_path: Path) -> None:
    started: list[str] = []
    why: list[str | None] = []

    def observe(happening: Happening) -> None:
        if isinstance(happening, JobStarted):
            started.append(happening.job.number)

    def call(order: Order, stop: Stop) -> Ending:
        if order.job.number == "1.2":
            raise EngineError("it is gone")
        asked = threading.Event()
        stop.on_set(asked.set)
        asked.wait(10)
        why.append(stop.why)
        return Ending(None)

    with pytest.raises(EngineError, match="it is gone"):
        ran(tmp_path, call, observe)
    assert sorted(started) == ["1.1", "1.2"]
    assert why == ["canceled"]


def test_a_job_that_begins_when_all_shall_end_ends() -> None:
    canceler, early, gone, late = Canceler(), Stop(), Stop(), Stop()
    canceler.add(early)
    canceler.add(gone)
    canceler.remove(gone)
    assert [stop.why for stop in (early, gone, late)] == [None, None, None]
    canceler.cancel()
    canceler.add(late)
    assert [stop.why for stop in (early, gone, late)] == ["canceled", None, "canceled"]
