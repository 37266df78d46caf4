"""What a job prints on its way to its log, and the limits on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from travistool.record import Record
from travistool.simulate.engine import Order, Stop
from travistool.simulate.follow import Marks, Progress
from travistool.simulate.happening import JobMoved, JobOutput, Observe
from travistool.simulate.limits import Limits
from travistool.simulate.masking import StreamMask
from travistool.simulate.result import COUNTING

_TICK_SECONDS = 0.1
_TAIL_BYTES = 16_384
_TAIL_LINES = 20


TRAVIS_LOG_BYTES = 4_500_000
"""Where Travis ends a job. Source: defaults of the worker at c32b553."""


class Output:
    """What a job prints: marks taken out, secrets hidden, written to its log, shown to who watches."""

    def __init__(self, order: Order, path: str, tell: Observe) -> None:
        self.path = path
        self.began = self.last = time.monotonic()
        self.size = 0
        number = order.job.number
        self._mask = StreamMask(order.script.hidden)
        self.progress = Progress(time.monotonic, lambda now: tell(JobMoved(number, now)))
        self._marks = Marks(order.marks, self._masked, self._told)
        self._tell = tell
        self._number = number
        self._tail = self._at_failure = b""
        self._phase = ""
        self._file = open(path, "wb") if path else None  # noqa: SIM115  # closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Take in what the job prints."""
        self.last = time.monotonic()
        self.size += len(data)
        self._marks.feed(data)

    def finish(self) -> None:
        """Pass on what was held back."""
        self._marks.flush()
        self._pass(self._mask.flush())

    def tail(self, command: str = "") -> tuple[str, ...]:
        """Return the last lines that say something: of a command that failed, if it was the first one, else of the job."""
        lines = (
            ((command and self._at_failure) or self._tail).decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        )
        shown = [line.rsplit("\r", 1)[-1].replace("\x1b[0K", "") for line in lines]
        told = [line for line in shown if line.strip()]
        start = f"$ {command.strip().splitlines()[0]}" if command.strip() else ""
        at = next((number for number in range(len(told) - 1, -1, -1) if start and told[number] == start), 0)
        return tuple(told[at:][-_TAIL_LINES:])

    def _masked(self, data: bytes) -> None:
        self._pass(self._mask.feed(data))

    def _told(self, words: list[str]) -> None:
        self.progress.tell([self._mask.text(word) for word in words])
        if words[0] == "phase":
            self._phase = words[1]
        elif words[0] == "ran" and words[1:] != ["0"] and self._phase in COUNTING and not self._at_failure:
            # What later commands and phases print must not push it out.
            self._at_failure = self._tail

    def _pass(self, data: bytes) -> None:
        if not data:
            return
        if self._file is not None:
            self._file.write(data)
        self._tail = (self._tail + data)[-_TAIL_BYTES:] if len(data) < _TAIL_BYTES else data[-_TAIL_BYTES:]
        self._tell(JobOutput(self._number, data))


class Watched(Record):
    """A job that a limit may end. While `rest` is set, none does."""

    stop: Stop
    output: Output
    rest: threading.Event


class Watch:
    """Ends jobs that break a limit. One thread for all jobs of a run: starting one takes a tenth of a small job."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._over = threading.Event()
        self._watched: set[Watched] = set()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def over(self, job: Watched) -> Iterator[None]:
        """Watch over a job."""
        self._watched.add(job)
        try:
            yield
        finally:
            self._watched.discard(job)

    def _look(self) -> None:
        while not self._over.wait(_TICK_SECONDS):
            now = time.monotonic()
            # A copy, in one step: jobs come and go meanwhile.
            for stop, output, rest in tuple(self._watched):
                why = self._limits.broken(now - output.began, now - output.last, output.size)
                if why is not None and not rest.is_set():
                    stop.set(why)
