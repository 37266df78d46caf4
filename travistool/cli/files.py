"""Finding and reading config files: the one place of the lint path that touches the disk."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator

from travistool.diagnostics import Diagnostic, Severity
from travistool.document.decode import Undecodable, decode
from travistool.errors import FileError
from travistool.record import Record
from travistool.source import Source, Span

CONFIG = ".travis.yml"
SETTINGS = ".travistool.toml"
PROJECT = "pyproject.toml"
STDIN = "-"
LIMIT = 16 * 1024 * 1024
"""Larger files are refused, in bytes: the largest real config we know has 122 KB."""

_CHUNK = 64 * 1024

_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Names under which a shell passes a pipe (`travistool lint <(git show HEAD:.travis.yml)`)."""

SKIPPED = frozenset((".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules"))
"""Folders that are not searched."""


def find(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files that paths name, each once, in order: files as they are, folders searched for `.travis.yml`.

    Without paths, the config of the current folder. Raises FileError when that is missing, or folders hold none.
    """
    if not paths:
        if not os.path.lexists(CONFIG):
            raise FileError(
                "there is no .travis.yml in this folder",
                "name files or folders, or `-` to read standard input",
            )
        return (CONFIG,)
    found: dict[str, str] = {}
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            found.update((os.path.normpath(file), file) for file in _walk(path))
        else:
            found.setdefault(os.path.normpath(path) if path != STDIN else path, path)
    if not found:
        raise FileError(f"no .travis.yml under {', '.join(paths)}", "name the file itself")
    return tuple(found.values())


def find_one(path: str) -> str:
    """Return the one file that a path names, `` for that of the current folder. Raises FileError for none, and for several."""
    found = find((path,) if path else ())
    if len(found) > 1:
        raise FileError(f"there are {len(found)} configs under {path}", f"name one of them, such as {found[0]}")
    return found[0]


def _walk(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        if CONFIG in files:
            yield os.path.join(place, CONFIG)


def settings_for(path: str, known: dict[str, str]) -> str:
    """Return the file with the settings for `path`, from its folder or the nearest above; "" when there is none.

    A `pyproject.toml` counts only if it has our table. `known` keeps the answers by folder, for other paths.
    """
    folder = os.path.dirname(os.path.abspath(path))
    passed = []
    found = ""
    while folder not in known:
        passed.append(folder)
        found = _settings_in(folder)
        above = os.path.dirname(folder)
        if found or above == folder:
            break
        folder = above
    else:
        found = known[folder]
    known.update(dict.fromkeys(passed, found))
    return found


def _settings_in(folder: str) -> str:
    own = os.path.join(folder, SETTINGS)
    if os.path.isfile(own):
        return own
    shared = os.path.join(folder, PROJECT)
    try:
        with open(shared, "rb") as file:
            # Looked for as it is mostly written, before the costly import of a TOML reader.
            return shared if b"tool.travistool" in file.read() else ""
    except (OSError, ValueError):
        return ""


class Loaded(Record):
    """A file's text, or why there is none. With both, the text can be read but not as it is (bytes that are no UTF-8).

    Where there is no text, the problem's span is empty.
    """

    source: Source | None
    problem: Diagnostic | None = None


def load(path: str, stdin_name: str = "<stdin>") -> Loaded:
    """Read one file. Never raises for what a file may be or hold."""
    name = stdin_name if path == STDIN else path
    try:
        data = _read_stdin() if path == STDIN else _read(path)
    except OSError as error:
        return _unreadable(name, f"cannot read the file: {(error.strerror or str(error)).lower()}")
    except ValueError:
        return _unreadable(name, "cannot read the file: its name holds a NUL character")
    return read_as(name, data)


def read_as(name: str, data: bytes) -> Loaded:
    """Return what a file with such bytes is. Never raises."""
    if len(data) > LIMIT:
        return _unreadable(name, f"the file is larger than {LIMIT // 1024 // 1024} MB, which no config can be")
    text = decode(data)
    if not isinstance(text, Undecodable):
        return Loaded(Source(name, text))
    if text.fatal:
        return Loaded(None, Diagnostic(text.rule, Severity.ERROR, text.message, Span(Source(name, ""), 0, 0)))
    source = Source(name, text.text)
    return Loaded(source, Diagnostic(text.rule, Severity.WARNING, text.message, Span(source, text.start, text.end)))


def content(path: str) -> bytes | None:
    """Return what is in a file, no more than is ever looked at; None when it cannot be read."""
    try:
        return _read(path)
    except (OSError, ValueError):
        return None


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise OSError(0, "standard input is closed")
    return sys.stdin.buffer.read(LIMIT + 1)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0, opener=_open) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            if not path.startswith(_PIPES):
                raise OSError(0, "it is a device or a pipe")
            os.set_blocking(file.fileno(), True)
        # A read sets aside as much memory as it may bring: the file's own size, and for what it has grown by since, a bit.
        data = file.read(min(found.st_size, LIMIT) + 1)
        while data and len(data) <= LIMIT:
            more = file.read(min(_CHUNK, LIMIT + 1 - len(data)))
            if not more:
                break
            data += more
        return data


def _open(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would keep us waiting for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unreadable(name: str, message: str) -> Loaded:
    return Loaded(None, Diagnostic("unreadable-file", Severity.ERROR, message, Span(Source(name, ""), 0, 0)))
