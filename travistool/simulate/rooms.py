"""The folders of jobs on this machine: a home with the copy of the repository, and a folder for temporary files.

Making and removing one takes longer than a small job. A room that its job has left exactly as it was is the next job's.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterator, Mapping
from itertools import count

from travistool.errors import EngineError
from travistool.record import Record
from travistool.simulate import scratch
from travistool.simulate.copying import contents, copy_tree
from travistool.simulate.engine import Order

_KEPT = "travistool-kept-"
_REMOVERS = 2
_PRIVATE = 0o600
_SCRIPT = "/job.sh"

_Seal = tuple[int, ...]


class Room(Record):
    """The folder of one job. `seals` tell what stood in it at first, by path; None for a room that only one job gets.

    `source` and `place` are the order's; `kept` is for a room that stays when the run has ended.
    """

    path: str
    source: str
    place: str
    kept: bool = False
    seals: Mapping[str, _Seal] | None = None

    @property
    def home(self) -> str:
        """The job's home; the repository's copy is below it."""
        return os.path.join(self.path, "home")

    @property
    def build(self) -> str:
        """The folder of the repository's copy; there may be none."""
        return os.path.join(self.home, "build", *self.place.split("/"))

    @property
    def temporary(self) -> str:
        """The folder for temporary files."""
        return os.path.join(self.path, "tmp")

    @property
    def script(self) -> str:
        """The file with the job's script."""
        return self.path + _SCRIPT

    @property
    def secrets(self) -> str:
        """The file with the job's secrets, where it has some."""
        return os.path.join(self.path, "secrets")

    @property
    def state(self) -> str:
        """The file that a shell starts from which is opened where the job has ended."""
        return os.path.join(self.path, "state")


class Rooms:
    """All rooms of a run, below one folder; several threads may enter and leave."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._free: dict[tuple[str, str], list[Room]] = {}
        self._lock = threading.Lock()
        self._gone: list[str] = []
        self._busy = 0
        self._removers: list[threading.Thread] = []

    def enter(self, order: Order) -> Room:
        """Return the room of a job, with script, secrets and the copy of the repository. Raises EngineError."""
        room = None if order.keep else self._again(order)
        if room is not None:
            _write_over(room.script, order.script.text)
        else:
            room = self._make(order)
            write_new(room.script, order.script.text)
        if order.script.secrets:
            write_new(room.secrets, order.script.secrets)
        return room

    def leave(self, room: Room) -> None:
        """Take back the room of a job, of which no process is left."""
        # Mostly the job has removed its secrets itself, once it had read them.
        for path in (room.secrets, room.state):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
        if room.kept:
            return
        if _is_untouched(room):
            self._free.setdefault((room.source, room.place), []).append(room)
        else:
            self._remove(room.path)

    def close(self) -> None:
        """Return when all that jobs have touched is gone; the rest goes with the folder."""
        for one in self._removers:
            one.join()

    def _make(self, order: Order) -> Room:
        path = scratch.make_lasting(_KEPT) if order.keep else self._path()
        room = Room(path, order.source, order.place, kept=order.keep)
        os.makedirs(os.path.dirname(room.build), mode=0o700)
        os.mkdir(room.temporary)
        try:
            if order.source:
                copy_tree(order.source, room.build)
        except EngineError:
            scratch.remove(path)
            raise
        is_small = not order.keep and (not order.source or contents(order.source) is not None)
        return room._replace(seals=dict(_sealed(path))) if is_small else room

    def _again(self, order: Order) -> Room | None:
        """Return a room that was left as it was. It gets another name: who knew the old one must not find it."""
        free = self._free.get((order.source, order.place))
        try:
            room = free.pop() if free else None
        except IndexError:
            # Another job's thread was quicker.
            return None
        if room is None:
            return None
        path = self._path()
        os.rename(room.path, path)
        return room._replace(path=path)

    def _path(self) -> str:
        # Processes are found by what their room's path begins with.
        return os.path.join(self._folder, f"job-{next(self._numbers):06}")

    def _remove(self, path: str) -> None:
        """Have a folder removed. Most of that is waiting for the disk; the next job need not wait for it."""
        with self._lock:
            self._gone.append(path)
            if self._busy < _REMOVERS:
                self._busy += 1
                one = threading.Thread(target=self._remove_all, daemon=True)
                self._removers.append(one)
                one.start()

    def _remove_all(self) -> None:
        while True:
            with self._lock:
                if not self._gone:
                    self._busy -= 1
                    return
                path = self._gone.pop()
            # What cannot be removed now goes, or stays, with the whole folder.
            with contextlib.suppress(Exception):
                scratch.remove(path)


def write_new(path: str, text: str, mode: int = _PRIVATE) -> None:
    """Write a file that is not there yet."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)


def _write_over(path: str, text: str) -> None:
    """Write a file that is there, and cut it only then: some file systems wait for the disk after a cut to nothing."""
    with open(os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)), "w", encoding="utf-8") as file:
        file.write(text)
        file.truncate()


def _is_untouched(room: Room) -> bool:
    """Tell whether everything in a room is as it was, and the script, which is another one for each job, still a file."""
    if room.seals is None:
        return False
    try:
        script = os.lstat(room.script)
        if not stat.S_ISREG(script.st_mode) or script.st_nlink != 1 or stat.S_IMODE(script.st_mode) != _PRIVATE:
            return False
        left = dict(room.seals)
        if any(left.pop(path, None) != seal for path, seal in _sealed(room.path) if path != _SCRIPT) or left:
            return False
        # A clock that ticks a hundred times a second hides what happens within one tick.
        known = contents(room.source) if room.source else {}
        return known is not None and all(_content(room.build + path) == data for path, data in known.items())
    except OSError:
        return False


def _sealed(top: str) -> Iterator[tuple[str, _Seal]]:
    """Yield what is in a folder, each with all that changes when somebody touches it."""
    folders = [""]
    # It grows on the way.
    for folder in folders:
        with os.scandir(top + folder) as found:
            entries = list(found)
        for entry in entries:
            path = f"{folder}/{entry.name}"
            seen = entry.stat(follow_symlinks=False)
            seal = (seen.st_mode, seen.st_ino, seen.st_uid, seen.st_gid, seen.st_size, seen.st_mtime_ns)
            # A file that rooms share is changed when another room gets or loses it.
            is_shared = stat.S_ISREG(seen.st_mode) and seen.st_nlink > 1
            yield path, seal if is_shared else (*seal, seen.st_ctime_ns)
            if stat.S_ISDIR(seen.st_mode):
                folders.append(path)


def _content(path: str) -> bytes | str:
    """Return what is in a file, or where a link leads."""
    if os.path.islink(path):
        return os.readlink(path)
    with open(path, "rb") as file:
        return file.read()
