"""Ctrl-C and SIGTERM during a run."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from travistool.cli.terminal import write_aside
from travistool.cli.terminating import leave
from travistool.simulate.canceler import Canceler


class Ended(Canceler):
    """A canceler that knows which signal it was; 0 for none."""

    signal = 0


@contextmanager
def canceling() -> Iterator[Ended]:
    """Have Ctrl-C and SIGTERM cancel the run: jobs are ended and cleaned up; a second one stops at once."""
    canceler = Ended()
    heard = threading.Event()

    def cancel(number: int, frame: FrameType | None) -> None:
        heard.set()
        if canceler.is_set:
            leave(number, frame)
        canceler.signal = number
        write_aside("\n-- canceling\n" if number == signal.SIGINT else "\n-- canceling: terminated\n")
        canceler.cancel()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _woken(heard):
            yield canceler
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _woken(heard: threading.Event) -> Iterator[None]:
    """Wake the main thread where a signal has come and no handler has `heard` it soon.

    Handlers run in the main thread. A signal that comes just before that begins to wait, or in another thread, does not end
    the wait: Ctrl-C would be heard when the job prints next. Seen once in sixty on a busy machine.
    """
    if not hasattr(signal, "pthread_kill"):
        yield
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    main = threading.main_thread().ident or 0

    def watch() -> None:
        while number := os.read(reader, 1):
            if heard.wait(_SOON_SECONDS):
                heard.clear()
            else:
                # This one comes here once more, and is heard then.
                signal.pthread_kill(main, number[0])

    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writer)
        watcher.join()
        os.close(reader)


_SOON_SECONDS = 0.2
