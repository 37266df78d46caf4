"""Processes that outlive a job: found by the mark in their environment, wherever they have gone."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Collection


def kill_all(job: str, but: Collection[int] = ()) -> int:
    """Kill all processes of this machine whose TRAVISTOOL_JOB begins so, sessions of their own included. Return how many.

    Only Linux tells; elsewhere the job's process group is all that is ended. Processes in `but` are not looked at.
    """
    if not job or not os.path.isdir("/proc"):
        return 0
    wanted = f"\0TRAVISTOOL_JOB={job}".encode()
    # Those that are killed may still be there for a moment; what they have started meanwhile is found by the next look.
    left_out, killed = frozenset(but), set[int]()
    while found := [
        one for one in processes() if one not in left_out and one not in killed and wanted in _environ(one)
    ]:
        for number in found:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        killed.update(found)
        if len(killed) > _MOST:
            break
    return len(killed)


_MOST = 100_000
_CHUNK = 1 << 17


def processes() -> list[int]:
    """Return the numbers of all processes but our own; none where the system does not tell."""
    if not os.path.isdir("/proc"):
        return []
    own = os.getpid()
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != own]


def _environ(number: int) -> bytes:
    """Return the variables that a process was started with, a NUL before each; none of a zombie, or of what is not ours."""
    # Without a file object, which takes twice the time: this is done for all processes, after each job.
    try:
        file = os.open(f"/proc/{number}/environ", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        parts = [b"\0"]
        while part := os.read(file, _CHUNK):
            parts.append(part)
        return b"".join(parts)
    except OSError:
        return b""
    finally:
        os.close(file)
