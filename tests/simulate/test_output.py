"""What a job prints, and who ends it when it prints nothing."""

import threading
import time

import pytest

from tests.plan.plans import plan
from travistool.plan.model import Event
from travistool.simulate.engine import Order, Stop
from travistool.simulate.happening import Happening, JobOutput
from travistool.simulate.limits import Limits
from travistool.simulate.output import Output, Watch, Watched
from travistool.simulate.script.compile import Script
from travistool.simulate.script.facts import Build

MARKS = "0123456789abcdef"


def output(told: list[Happening] | None = None) -> Output:
    job = plan("language: shell\nscript: 'true'\n").jobs[0]
    order = Order(job=job, build=Build(event=Event()), script=Script(text=""), run="r", marks=MARKS)
    return Output(order, "", (told if told is not None else []).append)


def mark(*words: str) -> bytes:
    told = "".join(f"{word}\x1f" for word in words)
    return f"\x1b]{MARKS};{told}\a".encode()


@pytest.mark.parametrize(("rests", "why"), [(False, "silence"), (True, None)], ids=["at work", "while people look"])
def test_silence(rests: bool, why: str | None) -> None:
    stop, rest, stopped = Stop(), threading.Event(), threading.Event()
    stop.on_set(stopped.set)
    if rests:
        rest.set()
    with Watch(Limits(silence_seconds=0.01)) as watch, watch.over(Watched(stop, output(), rest)):
        # Long enough on any machine where it ends the job, and many looks where it must not.
        stopped.wait(10 if why else 0.5)
    assert stop.why == why


@pytest.mark.parametrize(
    ("limits", "ran", "silent", "size", "why"),
    [
        pytest.param(Limits(), 3000, 600, 9_999_999, None, id="at the limits of Travis"),
        pytest.param(Limits(), 3000.1, 0, 0, "timeout", id="too long"),
        pytest.param(Limits(), 700, 600.1, 0, "silence", id="too silent"),
        pytest.param(Limits(log_bytes=10), 1, 1, 10, None, id="as much as it may print"),
        pytest.param(Limits(log_bytes=10), 1, 1, 11, "log", id="too much"),
        pytest.param(Limits(0, 0, 10), 9e9, 9e9, 11, "log", id="neither time counts"),
        pytest.param(Limits(1, 1, 1), 2, 2, 2, "timeout", id="the first of all"),
    ],
)
def test_limits(limits: Limits, ran: float, silent: float, size: int, why: str | None) -> None:
    assert limits.broken(ran, silent, size) == why


def test_who_is_not_watched_any_more_is_left_alone() -> None:
    stop = Stop()
    with Watch(Limits(silence_seconds=0.01)) as watch:
        with watch.over(Watched(stop, output(), threading.Event())):
            pass
        time.sleep(0.3)
    assert stop.why is None


def test_the_tail_is_that_of_the_first_failure_that_counts() -> None:
    told: list[Happening] = []
    made = output(told)
    made.write(mark("phase", "before_cache") + mark("run", "before_cache", "x") + b"$ x\nignored\n" + mark("ran", "1"))
    made.write(mark("phase", "script") + mark("run", "script", "a") + b"$ a\nfirst\n" + mark("ran", "2"))
    made.write(mark("run", "script", "b") + b"$ b\nsecond\n" + mark("ran", "3"))
    made.finish()
    assert made.tail("a") == ("$ a", "first")
    assert made.tail()[-2:] == ("$ b", "second")
    assert b"".join(one.data for one in told if isinstance(one, JobOutput)).count(b"\n") == 6
