"""The bytes of a command in a container, out of the frames in which an engine sends them."""

from __future__ import annotations

from collections.abc import Callable

_HEADER = 8


class Frames:
    """Takes the frames of a stream without a terminal apart: a kind, three zeros, four bytes of length, the data."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._held = b""
        self._left = 0

    def feed(self, data: bytes) -> None:
        """Take in what came, cut anywhere; pass on what the command printed, in one piece."""
        data = self._held + data if self._held else data
        at, end = 0, len(data)
        parts = []
        while at < end:
            if self._left == 0:
                if end - at < _HEADER:
                    break
                self._left = int.from_bytes(data[at + 4 : at + _HEADER], "big")
                at += _HEADER
            else:
                part = data[at : at + self._left]
                parts.append(part)
                at += len(part)
                self._left -= len(part)
        self._held = data[at:]
        if parts:
            self._write(b"".join(parts))
