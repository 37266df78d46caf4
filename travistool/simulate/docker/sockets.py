"""The sockets that the Docker SDK gives for the input and output of a command: read to their end, and closed for good."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

_CHUNK = 1 << 16


def receive(socket: Any, write: Callable[[bytes], None]) -> None:
    """Pass on all that comes. That the other side is gone is its end."""
    bare, buffer = plain(socket), _buffer(socket)
    if hasattr(bare, "settimeout"):
        bare.settimeout(None)
    read = buffer.read1 if buffer is not None else bare.recv
    with contextlib.suppress(OSError):
        while data := read(_CHUNK):
            write(data)


def close(socket: Any) -> None:
    """Close a socket and the answer that it came with."""
    response = getattr(socket, "_response", None)
    # The answer first: it still wants to write what is left in it.
    for one in (response, socket):
        if one is not None:
            with contextlib.suppress(OSError, ValueError):
                one.close()


def plain(socket: Any) -> Any:
    """Return the socket itself, without what the SDK wraps around it."""
    return getattr(socket, "_sock", socket)


def _buffer(socket: Any) -> Any:
    """Return what reads from a socket of the SDK without losing what it has read ahead.

    The SDK gives the bare socket, but the reader of the answer's headers may have taken the first bytes with them.
    """
    response = getattr(socket, "_response", None)
    found = getattr(getattr(getattr(response, "raw", None), "_fp", None), "fp", None)
    return found if hasattr(found, "read1") else None
