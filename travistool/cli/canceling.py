"""Ctrl-C and SIGTERM during a run."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from travistool.cli.terminal import write_aside
from travistool.simulate.canceler import Canceler


class Terminated(KeyboardInterrupt):  # no error either
    """SIGTERM: somebody else ends us, as who cancels a build on Travis."""


class Ended(Canceler):
    """A canceler that knows which signal it was; 0 for none."""

    signal = 0


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM be as Ctrl-C: what is being prepared is left at once, and tidied up on the way."""
    # Ctrl-C, too: a shell script that starts us in the background has it ignored.
    before = {one: signal.signal(one, _leave) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    del frame
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


@contextmanager
def canceling() -> Iterator[Ended]:
    """Have Ctrl-C and SIGTERM cancel the run: jobs are ended and cleaned up; a second one stops at once."""
    canceler = Ended()

    def cancel(number: int, frame: FrameType | None) -> None:
        if canceler.is_set:
            _leave(number, frame)
        canceler.signal = number
        write_aside("\n-- canceling\n" if number == signal.SIGINT else "\n-- canceling: terminated\n")
        canceler.cancel()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield canceler
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
