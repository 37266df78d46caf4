"""Ctrl-C and SIGTERM during a run."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from travistool.cli.terminal import write_aside
from travistool.simulate.run import Canceler


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM be as Ctrl-C: what is being prepared is left at once, and tidied up on the way."""
    # Ctrl-C, too: a shell script that starts us in the background has it ignored.
    before = {one: signal.signal(one, signal.default_int_handler) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def canceling() -> Iterator[Canceler]:
    """Have Ctrl-C and SIGTERM cancel the run: jobs are ended and cleaned up; a second one stops at once."""
    canceler = Canceler()

    def cancel(number: int, frame: FrameType | None) -> None:
        del frame
        if canceler.is_set:
            raise KeyboardInterrupt
        write_aside("\n-- canceling\n" if number == signal.SIGINT else "\n-- canceling: terminated\n")
        canceler.cancel()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield canceler
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
