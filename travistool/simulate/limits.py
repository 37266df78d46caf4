"""When a job is ended from outside."""

from __future__ import annotations

from travistool.record import Record
from travistool.simulate.engine import Why


class Limits(Record):
    """When a job is ended from outside. 0 means never; Travis has 50 minutes, 10 minutes, and TRAVIS_LOG_BYTES."""

    timeout_seconds: float = 3000.0
    silence_seconds: float = 600.0
    log_bytes: int = 0

    def broken(self, ran: float, silent: float, size: int) -> Why | None:
        """Return which limit a job has broken; None for none."""
        if self.timeout_seconds and ran > self.timeout_seconds:
            return "timeout"
        if self.silence_seconds and silent > self.silence_seconds:
            return "silence"
        return "log" if self.log_bytes and size > self.log_bytes else None
