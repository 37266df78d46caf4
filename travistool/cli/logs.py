"""The folder for the logs of a run."""

from __future__ import annotations

import os

from travistool.cli.selecting import home
from travistool.errors import OutputError
from travistool.simulate import scratch

_KEPT = 20


def log_folder(wanted: str) -> str:
    """Make the folder for logs: the one asked for, or a new one in our cache, where the latest few stay."""
    base = os.path.join(home(), "logs")
    folder = wanted or os.path.join(base, f"{_next(base):06d}")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write logs to {folder}: {error.strerror}", "name a folder with --logs") from error
    if not wanted:
        for old in _runs(base)[:-_KEPT]:
            path = os.path.join(base, old)
            if not os.path.islink(path):
                scratch.remove(path)
    return os.path.abspath(folder)


def _next(base: str) -> int:
    return max((int(name) for name in _runs(base)), default=0) + 1


def _runs(base: str) -> list[str]:
    """Return the folders of earlier runs, the oldest first."""
    names = os.listdir(base) if os.path.isdir(base) else []
    return sorted([name for name in names if name.isdigit()], key=int)
