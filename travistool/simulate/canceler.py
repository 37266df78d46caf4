"""Ending a run from outside."""

from __future__ import annotations

import threading

from travistool.simulate.engine import Stop


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
