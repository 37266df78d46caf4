"""Which hosts can be reached from here: asked all at once, and not for long."""

import os
import threading
import time
from collections.abc import Iterable
from functools import cache

_SECONDS = 1.5
_HTTPS = 443
_HERE_SECONDS = 0.5


def unreachable(hosts: Iterable[str], seconds: float = _SECONDS) -> frozenset[str]:
    """Return the hosts that do not answer in time; none where a proxy stands between."""
    asked = frozenset(hosts)
    if not asked or any(os.environ.get(name) for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")):
        return frozenset()
    reached: set[str] = set()
    deadline = time.monotonic() + seconds
    # Threads that nobody waits for: a resolver without a network may take a long time to say so.
    threads = [threading.Thread(target=_ask, args=(host, seconds, reached), daemon=True) for host in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return asked - reached


@cache
def listens(port: int) -> bool:
    """Tell whether something answers at a port of this machine."""
    import socket  # noqa: PLC0415  # most builds name neither hosts nor services

    try:
        with socket.create_connection(("127.0.0.1", port), _HERE_SECONDS):
            return True
    except OSError:
        return False


def _ask(host: str, seconds: float, reached: set[str]) -> None:
    import socket  # noqa: PLC0415  # as above

    try:
        with socket.create_connection((host, _HTTPS), seconds):
            reached.add(host)
    except OSError:
        return
