"""This terminal as that of a command elsewhere: keys go there, output comes here, sizes follow."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

_CHUNK = 1 << 14


def converse(socket: Any, resize: Callable[[int, int], object]) -> None:
    """Connect the terminal with a socket until the other side closes it. `resize` gets rows and columns."""
    keys, screen = sys.stdin.fileno(), sys.stdout.fileno()
    with _raw(keys), _following(resize), selectors.DefaultSelector() as selector:
        selector.register(keys, selectors.EVENT_READ)
        selector.register(socket, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == keys:
                    socket.sendall(os.read(keys, _CHUNK))
                    continue
                data = socket.recv(_CHUNK)
                if not data:
                    return
                os.write(screen, data)


@contextlib.contextmanager
def _raw(keys: int) -> Iterator[None]:
    before = termios.tcgetattr(keys)
    tty.setraw(keys)
    try:
        yield
    finally:
        termios.tcsetattr(keys, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _following(resize: Callable[[int, int], object]) -> Iterator[None]:
    def follow(number: int = 0, frame: FrameType | None = None) -> None:
        del number, frame
        size = shutil.get_terminal_size()
        with contextlib.suppress(Exception):
            # A terminal of the wrong size is better than none.
            resize(size.lines, size.columns)

    follow()
    try:
        before = signal.signal(signal.SIGWINCH, follow)
    except ValueError:
        # Only the main thread may: elsewhere the size stays.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGWINCH, before)
