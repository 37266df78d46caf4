"""Run again whenever the files of a repository change: looked at often, waited for until they are left alone."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping

_LOOK_SECONDS = 0.5
_CALM_SECONDS = 0.3
_IGNORED = frozenset((".git", "node_modules", "__pycache__", ".venv"))

State = Mapping[str, tuple[int, int, int]]


def again(folder: str, aside: tuple[str, ...], run: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Run now, and after each change of a file below a folder, until a run says that it was interrupted.

    Files that git ignores do not count, nor those `aside`: what a run itself writes. Raises KeyboardInterrupt when that
    comes between two runs.
    """
    before = state(folder, aside)
    while run():
        say("-- waiting for changes; Ctrl-C ends\n")
        before, changed = _changed(folder, aside, before)
        say(f"-- {_told(changed)}\n")


def _changed(folder: str, aside: tuple[str, ...], before: State) -> tuple[State, list[str]]:
    """Wait until files have changed, and until they no longer do. Return how they are, and which they were."""
    while True:
        now = state(folder, aside)
        if now == before:
            time.sleep(_LOOK_SECONDS)
            continue
        # An editor, a checkout or a formatter writes several files, one after the other.
        while True:
            time.sleep(_CALM_SECONDS)
            later = state(folder, aside)
            if later == now:
                break
            now = later
        if now != before:
            return now, sorted(path for path in {*now, *before} if now.get(path) != before.get(path))


def _told(changed: list[str]) -> str:
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0].encode('utf-8', 'replace').decode()}{more} changed"


def state(folder: str, aside: tuple[str, ...] = ()) -> State:
    """Return time, size and mode of each file by its path in the folder."""
    hidden = frozenset(os.path.realpath(path) for path in aside)
    # Where our own output goes, it would be a change each time.
    own = {_identity(os.fstat(number)) for number in (1, 2) if _is_open(number)}
    found = {}
    for path in _paths(folder):
        full = os.path.join(folder, path)
        try:
            seen = os.lstat(full)
        except OSError:
            continue
        if _identity(seen) not in own and not _is_below(os.path.realpath(full), hidden):
            found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_mode)
    return found


def _identity(seen: os.stat_result) -> tuple[int, int]:
    return seen.st_dev, seen.st_ino


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _is_below(path: str, folders: frozenset[str]) -> bool:
    return any(path == one or path.startswith(one + os.sep) for one in folders)


def _paths(folder: str) -> Iterator[str]:
    call = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    environ = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        listed = subprocess.run(  # noqa: S603  # a fixed program with arguments, no shell
            call, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        yield from _walk(folder)
        return
    if listed.returncode:
        yield from _walk(folder)
    else:
        yield from {one for one in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if one}


def _walk(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _IGNORED]
        yield from (os.path.relpath(os.path.join(place, name), folder) for name in files)
