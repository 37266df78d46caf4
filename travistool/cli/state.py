"""The state of an audit: a file of JSON Lines to which each row is appended, so that a run can go on where it stopped."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from travistool import __version__
from travistool.audit.row import Row, Terms
from travistool.errors import FileError, OutputError

_HEADER = b'{"travistool_audit": 1}\n'


class _Known(NamedTuple):
    """Where a row stands in the file, and what it was made of."""

    key: str
    offset: int


class State:
    """Rows in a file, found again by path. `path` is `` for a file that goes away in the end.

    Raises FileError for a file that is something else, OutputError where it cannot be written.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path
        self._known: dict[str, _Known] = {}
        try:
            self._file: IO[bytes] = open(path, "a+b") if path else tempfile.TemporaryFile()  # noqa: SIM115
        except OSError as error:
            raise OutputError(f"cannot write the state to {path}: {(error.strerror or str(error)).lower()}") from error
        if path and not _locked(self._file):
            self._file.close()
            raise FileError(f"another audit uses {path} right now", "wait for it, or name another file")
        self._end = self._read()

    def _read(self) -> int:
        """Take in what is there; return where the next row goes. A last line that is torn is cut off."""
        self._file.seek(0)
        first = self._file.readline()
        if first != _HEADER:
            if first and not _HEADER.startswith(first):
                self._file.close()
                raise FileError(
                    f"{self.path} is not the state of an audit", "name a new file, or that of an earlier run"
                )
            self._file.truncate(0)
            self._file.write(_HEADER)
            self._file.flush()
            return len(_HEADER)
        offset = len(first)
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            self._take(line, offset)
            offset += len(line)
        self._file.truncate(offset)
        return offset

    def _take(self, line: bytes, offset: int) -> None:
        try:
            entry = json.loads(line)
            row = entry["row"]
            is_sure = not row["imports"] and not row["crashes"]
            self._known[row["path"]] = _Known(str(entry["key"]) if is_sure else "", offset)
        except (ValueError, KeyError, TypeError):
            return  # torn in the middle, as two runs at once may leave it: that file is looked at again

    def has(self, path: str, key: str) -> bool:
        """Tell whether there is a row of a path that was made of the same and still holds.

        Of a config with imports nobody can tell, and what crashed may have been the machine's fault.
        """
        found = self._known.get(path)
        return found is not None and found.key == key != ""

    def add(self, path: str, key: str, row: bytes) -> None:
        """Append a row, as JSON. It is on the disk's way when this returns."""
        line = b'{"key": "%s", "row": %s}\n' % (key.encode(), row)
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise OutputError(f"cannot write the state: {(error.strerror or str(error)).lower()}") from error
        self._known[path] = _Known("", self._end)
        self._end += len(line)

    def rows(self, paths: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of paths, one at a time from the file; paths without a row are left out."""
        for path in paths:
            known = self._known.get(path)
            if known is not None:
                self._file.seek(known.offset)
                row: Row = json.loads(self._file.readline())["row"]
                yield row
        self._file.seek(0, os.SEEK_END)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _locked(file: IO[bytes]) -> bool:
    """Lock a file for this process, where the system can; false when another one has done so."""
    try:
        # Imported late: Windows has none.
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN)  # others: a file system without locks
    return True


def key_of(path: str, data: bytes | None, terms: Terms) -> str:
    """Return what a row is made of, as one text: path, content, our version, and what is asked. None: cannot be read."""
    asked = json.dumps([path, __version__, *terms, data is None])
    return hashlib.sha256(asked.encode("utf-8", "surrogateescape") + (data or b"")).hexdigest()[:32]
