"""What goes into a container, as a tar archive: the repository, the script, folders that the job may write to."""

from __future__ import annotations

import io
import os
import tarfile
import time
from collections.abc import Iterator
from typing import IO, NamedTuple

_CHUNK = 1 << 18
_END = bytes(1024)


class Owner(NamedTuple):
    """Who things in a container belong to."""

    uid: int
    gid: int


class Item(NamedTuple):
    """One thing that is not in the repository: a file, a folder (`data` None), or a link to `link`."""

    path: str
    data: bytes | None = None
    mode: int = 0o755
    link: str = ""


def small(items: tuple[Item, ...], owner: Owner) -> bytes:
    """Return an archive of a few things, without its end: more may follow."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for item in items:
            info = tarfile.TarInfo(item.path.lstrip("/"))
            info.mode, info.uid, info.gid = item.mode, owner.uid, owner.gid
            info.mtime = time.time()
            if item.link:
                info.type, info.linkname = tarfile.SYMTYPE, item.link
            elif item.data is None:
                info.type = tarfile.DIRTYPE
            else:
                info.size = len(item.data)
            tar.addfile(info, io.BytesIO(item.data or b""))
        end = tar.offset
    return made.getvalue()[:end]


def tree(folder: str, place: str, owner: Owner, file: IO[bytes]) -> None:
    """Write an archive of a folder to a file: what is in it goes to `place`, and belongs to the owner."""

    def owned(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid, info.gid, info.uname, info.gname = owner.uid, owner.gid, "", ""
        return info

    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar:
        tar.add(folder, place.lstrip("/"), filter=owned)


class Archive(NamedTuple):
    """An archive that begins with `first` and goes on with a file's; `` is no file."""

    first: bytes
    path: str = ""

    def size(self) -> int:
        """Return its length in bytes."""
        return len(self.first) + (os.path.getsize(self.path) if self.path else len(_END))

    def pieces(self) -> Iterator[bytes]:
        """Yield it piece by piece."""
        yield self.first
        if not self.path:
            yield _END
            return
        with open(self.path, "rb") as file:
            while data := file.read(_CHUNK):
                yield data


def parents(path: str, above: str) -> tuple[Item, ...]:
    """Return the folders from `above`, exclusive, down to a path, inclusive."""
    found = []
    while len(path) > len(above) and path.startswith(above):
        found.append(Item(path))
        path = os.path.dirname(path)
    return tuple(reversed(found))


def read_file(archive: Iterator[bytes]) -> bytes:
    """Return the content of the first file of an archive."""
    with tarfile.open(fileobj=io.BytesIO(b"".join(archive))) as tar:
        for member in tar:
            if member.isfile():
                file = tar.extractfile(member)
                return file.read() if file else b""
    return b""
