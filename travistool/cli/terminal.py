"""Where output goes: colors only where they are wanted, whole files, no broken pipe noise."""

from __future__ import annotations

import os
import stat
import sys

from travistool.errors import OutputError
from travistool.report.layout import Style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK = 64 * 1024


def style_for(color: str, quiet: bool = False, to_file: bool = False) -> Style:
    """Return how to print. `auto` colors a terminal unless NO_COLOR, TERM=dumb or CI say otherwise."""
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    width = 120
    if terminal:
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns or 80
        except (OSError, ValueError):
            width = 80
    return Style(_colored(color, terminal), width, quiet)


def _colored(color: str, terminal: bool) -> bool:
    if color != "auto":
        return color == "always"
    environ = os.environ
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return terminal and not environ.get("CI")


def write(text: str, path: str = "") -> None:
    """Print a text, or write it to a file that is replaced in one step. Raises OutputError when that fails."""
    data = _encoded(text)
    if path:
        _replace(path, (data,))
        return
    if sys.stdout is None:
        raise OutputError("cannot write the report: standard output is closed")
    try:
        sys.stdout.flush()
        out = getattr(sys.stdout, "buffer", None)
        if out is None:
            sys.stdout.write(text)
        else:
            out.write(data)
            out.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise OutputError(f"cannot write the report: {error.strerror or error}") from error


def write_parts(parts: Iterable[str], path: str = "") -> None:
    """Print a long text part by part, or write it to a file that is replaced in one step, as `write` does."""
    if path:
        _replace(path, map(_encoded, parts))
        return
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > _CHUNK:
            write("".join(waiting))
            waiting, size = [], 0
    write("".join(waiting))


def write_aside(text: str) -> None:
    """Print a text to standard error, whether or not anybody listens."""
    if sys.stderr is None or not text:
        return
    try:
        sys.stderr.write(_encoded(text).decode("utf-8", "replace"))
        sys.stderr.flush()
    except OSError:
        return


def _encoded(text: str) -> bytes:
    """Return UTF-8; file names that are none come out as the bytes they are."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


_STREAMS = {"/dev/stdout": 1, "/dev/fd/1": 1, "/dev/stderr": 2, "/dev/fd/2": 2}


def _replace(path: str, data: Iterable[bytes]) -> None:
    try:
        if path in _STREAMS:
            # Where they lead to a file, replacing that would lose what else comes to it.
            sys.stdout.flush()
            with open(os.dup(_STREAMS[path]), "wb") as file:
                file.writelines(data)
        elif os.path.exists(path) and not os.path.isfile(path):
            # A device or a pipe, such as /dev/null: written to, never replaced.
            with open(path, "wb") as file:
                file.writelines(data)
        else:
            _swap(os.path.realpath(path), data)
    except OSError as error:
        message = f"cannot write {path}: {(error.strerror or str(error)).lower()}"
        raise OutputError(message, "name a file in a folder that you may write to") from error


def _swap(path: str, data: Iterable[bytes]) -> None:
    draft = f"{path}.{os.getpid()}.tmp"
    try:
        with open(draft, "wb") as file:
            file.writelines(data)
        if os.path.exists(path):
            _look_alike(draft, os.stat(path))
        os.replace(draft, path)
    finally:
        if os.path.exists(draft):
            os.unlink(draft)


def _look_alike(path: str, other: os.stat_result) -> None:
    """Give a file the mode of another, and its owner where we may."""
    if hasattr(os, "chown"):
        from contextlib import suppress  # noqa: PLC0415  most runs write nothing

        # Only root may give files away; who may not keeps it.
        with suppress(OSError):
            os.chown(path, other.st_uid, other.st_gid)
    os.chmod(path, stat.S_IMODE(other.st_mode))
