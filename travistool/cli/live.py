"""The live view on a terminal: stages, jobs, what each is doing, and what failed. Made with rich, loaded late."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from travistool.plan.model import Job
from travistool.simulate.follow import Now
from travistool.simulate.happening import Happening, JobEnded, JobMoved, JobStarted, Observe, StageStarted
from travistool.simulate.result import JobResult

_STYLES = {"passed": "green", "failed": "red", "errored": "red", "canceled": "dim", "skipped": "yellow"}
_SIGNS = {"passed": "✓", "failed": "✗", "errored": "✗", "canceled": "-", "skipped": "-"}
_TAIL = 12


class _View:
    """The state of the view, drawn anew several times a second."""

    def __init__(self, jobs: tuple[Job, ...], console: Console) -> None:
        self._jobs = jobs
        self._console = console
        self._began: dict[str, float] = {}
        self._now: dict[str, Now] = {}
        self._ended: dict[str, JobResult] = {}
        self._spinner = Spinner("dots")
        self._start = time.monotonic()

    def __call__(self, happening: Happening) -> None:
        """Take in what happens."""
        match happening:
            case JobStarted(job, _):
                self._began[job.number] = time.monotonic()
            case JobMoved(number, now):
                self._now[number] = now
            case JobEnded(result):
                self._ended[result.number] = result
                self._print(result)
            case StageStarted(stage) if stage:
                self._console.print(Text(f"stage {stage}", style="bold"))

    def __rich__(self) -> Group:
        table = Table.grid(padding=(0, 1))
        for job in self._jobs:
            if job.number in self._began and job.number not in self._ended:
                now = self._now.get(job.number, Now("", ""))
                seconds = time.monotonic() - self._began[job.number]
                # On one line, however narrow the terminal is.
                command = Text(" ".join(now.command.split()), no_wrap=True, overflow="ellipsis")
                table.add_row(self._spinner, _title(job), Text(now.phase, style="cyan"), f"{seconds:.0f}s", command)
        left = len(self._jobs) - len(self._ended)
        seconds = time.monotonic() - self._start
        told = f"{len(self._ended)} of {len(self._jobs)} jobs done, {left} to go, {seconds:.0f}s"
        return Group(table, Text(told, style="dim"))

    def _print(self, result: JobResult) -> None:
        title = f"{result.number} {result.name}" if result.name else result.number
        told = f": {result.because}" if result.because else f" in {result.seconds:.1f} s"
        aside = ", allowed to fail" if result.allow_failure and result.state in ("failed", "errored") else ""
        line = f"{_SIGNS[result.state]} {title} {result.state}{aside}{told}"
        self._console.print(Text(line, style=_STYLES[result.state]))
        if result.state in ("failed", "errored"):
            for text in result.tail[-_TAIL:]:
                self._console.print(Text("    ") + Text.from_ansi(text), soft_wrap=True)
            if result.log:
                self._console.print(Text(f"    the whole log: {result.log}", style="dim"), soft_wrap=True)


def _title(job: Job) -> Text:
    title = f"{job.number} {job.name}" if job.name else job.number
    return Text(title, style="bold", no_wrap=True, overflow="ellipsis")


@contextmanager
def live_view(jobs: tuple[Job, ...]) -> Iterator[Observe]:
    """Show a view until the block ends, and give what feeds it."""
    console = Console()
    view = _View(jobs, console)
    with Live(view, console=console, refresh_per_second=8, transient=True):
        yield view
