"""Which machines can be reached from here: asked all at once, and not for long."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from functools import cache

from travistool.simulate.addresses import Address

_SECONDS = 1.5
_ANY = 443
_PAGES = (80, 443)
_HERE_SECONDS = 0.5


def unreachable(addresses: Iterable[Address], seconds: float = _SECONDS) -> frozenset[Address]:
    """Return the addresses where nobody answers in time; behind a proxy, pages are not asked for."""
    behind = any(os.environ.get(name) for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"))
    asked = frozenset(one for one in addresses if not (behind and one.port in _PAGES))
    if not asked:
        return frozenset()
    reached: set[Address] = set()
    deadline = time.monotonic() + seconds
    # Threads that nobody waits for: a resolver without a network may take a long time to say so.
    threads = [threading.Thread(target=_ask, args=(one, seconds, reached), daemon=True) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return asked - frozenset(tuple(reached))


@cache
def listens(port: int) -> bool:
    """Tell whether something answers at a port of this machine."""
    import socket  # noqa: PLC0415  # most builds name neither hosts nor services

    try:
        with socket.create_connection(("127.0.0.1", port), _HERE_SECONDS):
            return True
    except OSError:
        return False


def _ask(address: Address, seconds: float, reached: set[Address]) -> None:
    import socket  # noqa: PLC0415  # as above

    try:
        with socket.create_connection((address.host, address.port or _ANY), seconds):
            reached.add(address)
    except ConnectionRefusedError:
        # The machine is there.
        if not address.port:
            reached.add(address)
    except OSError:
        return
