"""Loading modules while something else is waited for: git works in processes of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Load a module in another thread. What goes wrong there goes wrong again for whoever imports it."""

    def load() -> None:
        with suppress(Exception):
            import_module(name)

    other = threading.Thread(target=load, daemon=True)
    other.start()
    yield
    other.join()
