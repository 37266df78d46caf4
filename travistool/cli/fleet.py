"""Finding the configs of many repositories: below folders, and by lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from travistool.cli.files import CONFIG, SKIPPED, STDIN
from travistool.errors import FileError


def fleet(folders: Iterable[str], lists: Iterable[str]) -> tuple[str, ...]:
    """Return the configs, each once: those of folders in the order of their names, then those of lists.

    Raises FileError for what is not there, and where nothing is found.
    """
    found: dict[str, None] = {}
    for one in folders:
        if not os.path.isdir(one):
            raise FileError(f"there is no folder '{one}'", "files are named in a list: --list FILE")
        found.update((os.path.normpath(path), None) for path in _below(one))
    for one in lists:
        for line in _lines(one):
            paths = _below(line) if os.path.isdir(line) else (line,)
            found.update((os.path.normpath(path), None) for path in paths)
    if not found:
        raise FileError("there is no repository with a .travis.yml", "name folders with checkouts, or --list FILE")
    return tuple(found)


def _below(folder: str) -> Iterator[str]:
    """Yield the config of each repository below a folder, or of the folder itself.

    A folder with a config is a repository, and what it holds belongs to it; so is one with `.git`, but for the top.
    """
    for place, folders, files in os.walk(folder):
        if CONFIG in files:
            yield os.path.join(place, CONFIG)
            folders.clear()
        elif place != folder and (".git" in folders or ".git" in files):
            folders.clear()
        else:
            folders[:] = sorted(set(folders) - SKIPPED)


def _lines(path: str) -> list[str]:
    try:
        if path == STDIN:
            text = sys.stdin.read() if sys.stdin is not None else ""
        else:
            with open(path, encoding="utf-8", errors="surrogateescape") as file:
                text = file.read()
    except OSError as error:
        raise FileError(f"cannot read the list {path}: {(error.strerror or str(error)).lower()}") from error
    return [line.strip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
