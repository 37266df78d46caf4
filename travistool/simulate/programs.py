"""Programs of this machine."""

from __future__ import annotations

import os


def find(name: str) -> str:
    """Return where a program is, by PATH as a shell looks; `` where there is none. `shutil` takes as long to load as a job."""
    return next((path for folder in os.get_exec_path() if _is_program(path := os.path.join(folder, name))), "")


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
