"""Copies of a checkout: each job gets one. Small ones are cast from memory, large ones are left to `cp`."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterator, Mapping
from functools import lru_cache

from travistool.errors import EngineError
from travistool.record import Record

_FEW = 60
_SMALL = 1 << 20


class _Item(Record):
    """What is in a folder. `text` is a link's target, or where the file is that is shared."""

    path: str
    mode: int
    changed: int = 0
    data: bytes = b""
    text: str = ""


def copy_tree(source: str, target: str) -> None:
    """Copy a folder with all that is in it, links as links. Raises EngineError."""
    try:
        items = _mold(source)
        if items is not None:
            for item in items:
                _cast(item, f"{target}{item.path}")
            return
    except OSError as error:
        raise EngineError(f"the repository cannot be copied: {error}") from error
    # Much faster than Python for many files, and shares their blocks where the disk can.
    found = subprocess.run(["cp", "-a", source, target], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if found.returncode:
        raise EngineError(f"the repository cannot be copied: {found.stderr.strip() or 'cp failed'}")


def contents(source: str) -> Mapping[str, bytes | str] | None:
    """Return what copies of a small folder hold, each file's bytes and each link's target, by path; None for a large one.

    Paths begin with `/`. Files that copies share are left out.
    """
    items = _mold(source)
    if items is None:
        return None
    return {
        item.path: item.text if stat.S_ISLNK(item.mode) else item.data
        for item in items
        if stat.S_ISLNK(item.mode) or (stat.S_ISREG(item.mode) and not item.text)
    }


@lru_cache(maxsize=4)
def _mold(folder: str) -> tuple[_Item, ...] | None:
    """Return all that is in a folder; None for what is not small. Read once: checkouts do not change."""
    items: list[_Item] = []
    size = 0
    for item in _items(folder, ""):
        items.append(item)
        size += len(item.data)
        if len(items) > _FEW or size > _SMALL or item.mode < 0:
            return None
    return tuple(items)


def _items(top: str, path: str) -> Iterator[_Item]:
    """Yield a folder, and what is in it; a mode below 0 is for what only `cp` can copy."""
    yield _Item(path, os.stat(top + path).st_mode)
    with os.scandir(top + path) as found:
        entries = list(found)
    for entry in entries:
        inside = f"{path}/{entry.name}"
        seen = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(seen.st_mode):
            yield from _items(top, inside)
        elif stat.S_ISLNK(seen.st_mode):
            yield _Item(inside, seen.st_mode, text=os.readlink(entry.path))
        elif not stat.S_ISREG(seen.st_mode) or seen.st_size > _SMALL:
            yield _Item(inside, -1)
        elif _is_pack(inside):
            yield _Item(inside, seen.st_mode, text=entry.path)
        else:
            with open(entry.path, "rb") as file:
                yield _Item(inside, seen.st_mode, seen.st_mtime_ns, file.read())


def _is_pack(path: str) -> bool:
    """Tell whether a file is shared, as `git clone` does: nobody writes into git's packs."""
    return path.endswith((".pack", ".idx")) and path.rpartition("/")[0].endswith("/objects/pack")


def _cast(item: _Item, path: str) -> None:
    if stat.S_ISDIR(item.mode):
        os.mkdir(path)
        _set_mode(path, item.mode)
    elif stat.S_ISLNK(item.mode):
        os.symlink(item.text, path)
    elif item.text:
        _share(item, path)
    else:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, item.mode & 0o777), "wb") as file:
            file.write(item.data)
            file.flush()
            _set_mode(file.fileno(), item.mode)
            # Git looks at times to see what is changed.
            os.utime(file.fileno(), ns=(item.changed, item.changed))


def _share(item: _Item, path: str) -> None:
    with contextlib.suppress(OSError):
        os.link(item.text, path, follow_symlinks=False)
        return
    with open(item.text, "rb") as file:
        _cast(item._replace(text="", data=file.read()), path)


def _set_mode(path: str | int, mode: int) -> None:
    if os.stat(path).st_mode != mode:
        os.chmod(path, stat.S_IMODE(mode))
