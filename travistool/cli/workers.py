"""Processes that work on items side by side. One that dies or hangs costs the item it was at, nothing else."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

Work = Callable[[str], bytes]

SECONDS = 120.0
"""How long one item may take."""

_BATCH = 8
"""Items that a process has at most: enough to keep it busy, and few to hand to another when it dies."""


class _Worker:
    """A process with the items that it has and has not answered yet, the one it is at first."""

    def __init__(self, work: Work, others: Iterable[_Worker]) -> None:
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pipe, theirs = context.Pipe()
        mine = [*(one.pipe for one in others), self.pipe] if sys.platform == "linux" else []
        self.process: Any = context.Process(target=_run, args=(theirs, mine, work), daemon=True)
        self.process.start()
        theirs.close()
        self.items: deque[str] = deque()
        self.since = time.monotonic()

    def give(self, items: Iterator[str]) -> None:
        """Hand over as many items as fit."""
        more = [item for _, item in zip(range(_BATCH - len(self.items)), items, strict=False)]
        if not more:
            return
        if not self.items:
            self.since = time.monotonic()
        self.items.extend(more)
        try:
            self.pipe.send(more)
        except OSError:
            return  # it is dead, which shows when its answer is read

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _run(pipe: Connection, inherited: list[Connection], work: Work) -> None:
    # Ctrl-C goes to all processes: the parent ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in inherited:
        one.close()  # or nobody would notice the end of the parent
    try:
        while True:
            for item in pipe.recv():
                pipe.send((item, work(item)))
    except (EOFError, OSError):
        return


def in_workers(
    number: int, items: Iterable[str], work: Work, seconds: float = SECONDS
) -> Generator[tuple[str, bytes | str], None, None]:
    """Yield each item with what `work` makes of it in one of some processes, in the order in which they are done.

    A text instead of bytes says why there is no answer. Items are taken as they are needed.
    """
    left = _Queue(items)
    workers: list[_Worker] = []
    try:
        for _ in range(number):
            workers.append(_Worker(work, workers))
            workers[-1].give(left)
        while busy := [one for one in workers if one.items]:
            ready = wait([one.pipe for one in busy], timeout=1.0)
            for one in busy:
                if one.pipe in ready:
                    answer = _answer(one)
                elif time.monotonic() - one.since > seconds:
                    answer = f"took longer than {seconds:.0f} seconds"
                else:
                    continue
                item = one.items.popleft()
                one.since = time.monotonic()
                yield item, answer
                if isinstance(answer, str):
                    left.back(one.items)
                    one.end()
                    workers.remove(one)
                    one = _Worker(work, workers)  # noqa: PLW2901  # in its place
                    workers.append(one)
                one.give(left)
    finally:
        for one in workers:
            one.end()


def _answer(one: _Worker) -> bytes | str:
    try:
        _, answer = one.pipe.recv()
    except (EOFError, OSError):
        one.process.join()
        code = one.process.exitcode
        return f"the process was ended by signal {-code}" if code < 0 else f"the process ended with {code}"
    result: bytes = answer
    return result


class _Queue(Iterator[str]):
    """Items, with some that came back first."""

    def __init__(self, items: Iterable[str]) -> None:
        self._items = iter(items)
        self._returned: deque[str] = deque()

    def __next__(self) -> str:
        return self._returned.popleft() if self._returned else next(self._items)

    def back(self, items: Iterable[str]) -> None:
        """Take items back."""
        self._returned.extend(items)
