"""Processes that outlive a job: found by the mark in their environment, wherever they have gone."""

import contextlib
import os
import signal


def kill_all(job: str) -> int:
    """Kill all processes of this machine whose TRAVISTOOL_JOB begins so, sessions of their own included. Return how many.

    Only Linux tells; elsewhere the job's process group is all that is ended.
    """
    if not job or not os.path.isdir("/proc"):
        return 0
    wanted = f"TRAVISTOOL_JOB={job}".encode()
    killed = 0
    while found := [number for number in _processes() if any(one.startswith(wanted) for one in _environ(number))]:
        for number in found:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        killed += len(found)
        if killed > _MOST:
            break
    return killed


_MOST = 100_000


def _processes() -> list[int]:
    own = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != own]


def _environ(number: int) -> list[bytes]:
    """Return the variables that a process was started with; none of a zombie, or of what is not ours."""
    try:
        with open(f"/proc/{number}/environ", "rb") as file:
            return file.read().split(b"\0")
    except OSError:
        return []
