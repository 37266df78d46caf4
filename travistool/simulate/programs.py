"""Programs of this machine."""

from __future__ import annotations

import os


def find(name: str) -> str:
    """Return where a program is, by PATH; `` where there is none. The current folder does not count.

    `shutil` has one that looks for Windows's endings, too, and takes as long to load as a job.
    """
    folders = [folder for folder in os.get_exec_path() if folder]
    return next((path for folder in folders if _is_program(path := os.path.join(folder, name))), "")


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
