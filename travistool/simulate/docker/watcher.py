"""What the engine says happened to the containers of a run: which ones died, which ones were out of memory."""

from __future__ import annotations

import threading
from contextlib import suppress

from travistool.simulate.docker.client import Client
from travistool.simulate.docker.labels import RUN


class Watcher:
    """Listens from its making until it is closed. For a command in a container neither shows in any other way."""

    def __init__(self, client: Client, run: str) -> None:
        self._changed = threading.Condition()
        self._seen: set[tuple[str, str]] = set()
        self._stream = client.events(f"{RUN}={run}", ("oom", "die"))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def saw(self, kind: str, container: str, seconds: float = 0.0) -> bool:
        """Tell whether something happened to a container, or does within a time."""
        with self._changed:
            return self._changed.wait_for(lambda: (kind, container) in self._seen, seconds)

    def close(self) -> None:
        """Listen no more."""
        # The stream may have ended in any way.
        with suppress(Exception):
            self._stream.close()
        self._thread.join(1)

    def _listen(self) -> None:
        # Its end, however it comes, is the end of what can be known.
        with suppress(Exception):
            for one in self._stream.events:
                with self._changed:
                    self._seen.add(one)
                    self._changed.notify_all()
