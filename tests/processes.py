"""Processes that tests look for."""

import subprocess
import time

PATIENCE_SECONDS = 20
"""How long a busy machine may take to end what was told to."""


def ends(pattern: str) -> bool:
    """Tell whether no process with a command line like this is left, now or soon."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while subprocess.run(["pgrep", "-f", pattern], capture_output=True, check=False).returncode == 0:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
