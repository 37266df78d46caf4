"""Labels: what belongs to which run, and whether that run is still alive."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping

RUN = "travistool.run"
PROCESS = "travistool.process"
DEADLINE = "travistool.deadline"
KIND = "travistool.kind"
JOB = "travistool.job"
PROJECT = "travistool.project"
NAME = "travistool.name"

KEPT = ("cache", "images")
"""Kinds of volumes that outlive their run."""


def labels(kind: str, run: str, seconds: float, **more: str) -> dict[str, str]:
    """Return the labels of a thing that a run makes and that must not be there in `seconds` any more."""
    deadline = str(int(time.time() + seconds))
    return {KIND: kind, RUN: run, PROCESS: this_process(), DEADLINE: deadline} | {
        f"travistool.{name}": value for name, value in more.items()
    }


def this_process() -> str:
    """Return what tells this process from all others: machine, number, and when it was started."""
    number = os.getpid()
    return f"{socket.gethostname()}/{number}/{_started(number)}"


def is_dead(found: Mapping[str, str], now: float) -> bool:
    """Tell whether a thing with these labels belongs to a run that has ended: its process is gone.

    Processes of other machines cannot be seen from here: for them, the deadline counts.
    """
    if RUN not in found or found.get(KIND) in KEPT:
        return False
    machine, _, rest = found.get(PROCESS, "").partition("/")
    number, _, started = rest.partition("/")
    if machine == socket.gethostname() and number.isdigit():
        return not _is_alive(int(number), started)
    deadline = found.get(DEADLINE, "")
    return deadline.isdigit() and int(deadline) < now


def _is_alive(number: int, started: str) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    # Numbers are used again; when it began tells the one from the other.
    return _started(number) in (started, "")


def _started(number: int) -> str:
    """Return when a process was started, in ticks since the machine was; `` where the system does not say."""
    try:
        with open(f"/proc/{number}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
