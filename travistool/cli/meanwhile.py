"""Two things at once, where one of them mostly waits: for git, which works in processes of its own, or for the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib import import_module


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Do something in another thread, which ends here. `work` must not raise anything."""
    other = threading.Thread(target=work, daemon=True)
    other.start()
    try:
        yield
    finally:
        other.join()


def loading(name: str, first: Callable[[], None]) -> AbstractContextManager[None]:
    """Load a module in another thread, and call `first` before. What goes wrong there goes wrong again for who needs it."""

    def load() -> None:
        with suppress(Exception):
            first()
            import_module(name)

    return meanwhile(load)
