"""All that one job makes on an engine, and that goes when the job is over."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from travistool.errors import EngineError
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.containers import Mount
from travistool.simulate.docker.labels import labels
from travistool.simulate.engine import Order, Stop


class Stopped(Exception):  # noqa: N818  # not an error: the wish to end the job
    """The job has to end while its machine is still being made."""


class Room:
    """Makes containers and volumes for one job, with its labels, and removes them. For several threads."""

    def __init__(self, client: Client, stop: Stop, order: Order, project: str, seconds: float) -> None:
        self.client = client
        self.seconds = seconds
        self.keeps = order.keep
        self.marks = order.marks
        self._stop = stop
        self.run = order.run
        self._job = order.job.number
        self._project = project
        self._lock = threading.Lock()
        self._containers: list[str] = []
        self._owners: list[str] = []
        self._volumes: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            self._clear()
        except EngineError:
            # What it was that went wrong before says more.
            if error is None or isinstance(error, Stopped):
                raise

    def labels(self, kind: str) -> dict[str, str]:
        """Return the labels of a thing of this job."""
        return labels(kind, self.run, self.seconds, job=self._job, project=self._project)

    def check(self) -> None:
        """Raise Stopped when the job has to end."""
        if self._stop.why is not None:
            raise Stopped

    def create(self, config: dict[str, Any], *, owns_network: bool = False) -> str:
        """Make a container; return its id. Others live in the network of one that owns it, and go before it."""
        self.check()
        made = self.client.create(config)
        with self._lock:
            (self._owners if owns_network else self._containers).append(made)
        return made

    def volume(self, path: str, *, in_memory: bool = False) -> Mount:
        """Make a volume that goes with the job, to be mounted at a path."""
        name = self.client.make_volume(None, self.labels("volume"), in_memory=in_memory)
        with self._lock:
            self._volumes.append(name)
        return Mount(name, path)

    def keep(self, container: str) -> None:
        """Let a container stay when the job is over."""
        with self._lock:
            (self._owners if container in self._owners else self._containers).remove(container)

    def kill_on_stop(self, container: str) -> None:
        """End a container as soon as the job has to end."""

        def kill() -> None:
            # What is wrong with the engine then shows elsewhere, too.
            with contextlib.suppress(EngineError):
                self.client.kill(container)

        self._stop.on_set(lambda: threading.Thread(target=kill, daemon=True).start())

    def _clear(self) -> None:
        with self._lock:
            containers, self._containers = self._containers, []
            owners, self._owners = self._owners, []
            volumes, self._volumes = self._volumes, []
        # Podman does not remove the owner of a network that others are in.
        _each(self.client.remove, tuple(containers))
        _each(self.client.remove, tuple(owners))
        _each(self.client.remove_volume, tuple(volumes))


def _each(call: Callable[[str], object], names: tuple[str, ...]) -> None:
    """Call for all, side by side; raise the first error when all are done."""
    if len(names) == 1:
        call(names[0])
        return
    if names:
        with ThreadPoolExecutor(len(names)) as pool:
            futures = [pool.submit(call, name) for name in names]
        for future in futures:
            future.result()
