"""How far a long run has come: a bar on a terminal, a line now and then elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from travistool.cli.terminal import write_aside

_EVERY = 5.0
"""Seconds between two lines."""

_FRAME = 0.1
"""Seconds between two looks of the bar."""


class Progress:
    """Nothing is shown; the others show more."""

    def __init__(self, total: int, done: int) -> None:
        self.total = total
        self.done = done
        self.crashes = 0
        self._first = done
        self._began = time.monotonic()
        self._shown = self._began

    def add(self, crashes: int) -> None:
        """Count one file. `crashes` is how many bugs there are by now."""
        self.done += 1
        self.crashes = crashes
        now = time.monotonic()
        if now - self._shown >= self.pause or self.done == self.total:
            self._shown = now
            self.show()

    pause = _EVERY

    def show(self) -> None:
        """Show how far it is."""

    def stop(self) -> None:
        """Show nothing any more."""

    @property
    def rate(self) -> float:
        """Files a second in this run."""
        return (self.done - self._first) / max(time.monotonic() - self._began, 1e-3)


class _Lines(Progress):
    def show(self) -> None:
        write_aside(f"travistool: {self.done} of {self.total} files, {self.rate:.0f}/s\n")


class _Shown(Progress):
    pause = _FRAME

    def __init__(self, total: int, done: int) -> None:
        super().__init__(total, done)
        # Drawn when there is something new: a thread of its own would be copied into the processes.
        self._bar = Bar(
            TextColumn("auditing"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", style="cyan"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[crashes]}", style="red"),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            expand=True,
        )
        self._task = self._bar.add_task("", total=total, completed=done, rate="", crashes="")
        self._bar.start()

    def show(self) -> None:
        crashes = f"crashes: {self.crashes}" if self.crashes else ""
        self._bar.update(self._task, completed=self.done, rate=f"{self.rate:.0f}/s", crashes=crashes)
        self._bar.refresh()

    def stop(self) -> None:
        self._bar.stop()


@contextmanager
def progress(how: str, total: int, done: int) -> Iterator[Progress]:
    """Show how far a run over so many files is, of which some were done before. `how` is `auto` or `none`."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    kind = Progress if how == "none" or sys.stderr is None else _Shown if is_terminal else _Lines
    shown = kind(total, done)
    try:
        yield shown
    finally:
        shown.stop()
