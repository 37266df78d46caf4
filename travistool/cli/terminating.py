"""SIGTERM as an exception, as Ctrl-C is one."""

from __future__ import annotations

import signal
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import NoReturn


class Terminated(KeyboardInterrupt):  # no error either
    """SIGTERM: somebody else ends us, as who cancels a build on Travis."""


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM be as Ctrl-C: what is being prepared is left at once, and tidied up on the way."""
    # Ctrl-C, too: a shell script that starts us in the background has it ignored.
    before = {one: signal.signal(one, leave) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """Leave what is being done: a handler of both signals."""
    del frame
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt
