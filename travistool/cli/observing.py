"""Who watches a run: nobody, lines, events, or a live view on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from travistool.cli.watching import Events, Lines, to_stdout
from travistool.plan.model import Job
from travistool.simulate.happening import Observe


def way(how: str, *, shell: bool, piped: bool) -> str:
    """Return how to show the progress: `auto` is a live view on a terminal that no shell will need, else lines.

    Nothing is shown where a report is `piped`.
    """
    if how != "auto":
        return how
    interactive = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    return "none" if piped else "live" if interactive and not shell else "lines"


@contextmanager
def observer(how: str, jobs: tuple[Job, ...], *, color: bool) -> Iterator[Observe]:
    """Give what shows the progress in one of the ways."""
    if how == "live":
        from travistool.cli.live import live_view  # noqa: PLC0415  # rich takes a tenth of a second

        with live_view(jobs) as observe:
            yield observe
    elif how == "none":
        yield lambda _: None
    elif how == "jsonl":
        yield Events(to_stdout)
    else:
        yield Lines(to_stdout, many=len(jobs) > 1, color=color)
