"""Scripts of migrated jobs, run as their system runs them: in a process of their own, without input, for a minute at most."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_SECONDS = 60


class Finished(NamedTuple):
    """The status of a process, what it has written, and the number of its group, which may go on in the background."""

    status: int
    output: str
    group: int


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Finished:
    """Run a command until it ends, whatever goes on behind it."""
    # A pipe would stay open as long as anything in the background has it.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            end(process.pid)
            raise
        output.seek(0)
        return Finished(status, output.read().decode("utf-8", "replace"), process.pid)


def end(group: int) -> None:
    """End what a command has left in the background."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
