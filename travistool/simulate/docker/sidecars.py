"""Services beside a job: in its network, so that they answer at 127.0.0.1, their Unix sockets shared with it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from travistool.errors import EngineError
from travistool.simulate.docker.containers import Mount, service
from travistool.simulate.docker.images import Wanted
from travistool.simulate.docker.room import Room

_LOG_LINES = 30
_SLICE_SECONDS = 2
# The job's own image may have no more than bash. Not `nc`: a port is asked once and no more.
_ANSWERS = (
    "end=$((SECONDS + {seconds})); until (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null; do "
    "if [[ $SECONDS -ge $end ]]; then exit 1; fi; sleep 0.05 || sleep 1; done"
)


class NotReadyError(Exception):
    """A service does not answer: a matter of one job, and of no other. `log` is what it printed last."""

    def __init__(self, message: str, log: bytes) -> None:
        super().__init__(message)
        self.message = message
        self.log = log


class Sidecar(NamedTuple):
    """A service that is being started."""

    wanted: Wanted
    container: str


class Sidecars:
    """The services of one job. They start while the job's own container is made; `ready` waits for them."""

    def __init__(self, room: Room, wanted: tuple[Wanted, ...], holder: str) -> None:
        self._room = room
        self._holder = holder
        self._sockets = {path: room.volume(path, in_memory=True) for path in _paths(wanted)}
        self._pool = ThreadPoolExecutor(max(1, len(wanted)))
        self._started: list[Future[Sidecar]] = [self._pool.submit(self._start, one) for one in wanted]

    def mounts(self) -> tuple[Mount, ...]:
        """Return what the job shares with them."""
        return tuple(self._sockets.values())

    def close(self) -> None:
        """Wait for what is being started; nothing is left to do then."""
        self._pool.shutdown(wait=True)

    def ready(self, longest: float) -> None:
        """Wait until all answer, and set them up. Raises NotReadyError, with what the service printed."""
        sidecars = [one.result() for one in self._started]
        waiting = [self._pool.submit(self._wait, one, longest) for one in sidecars]
        for one in waiting:
            one.result()

    def _start(self, wanted: Wanted) -> Sidecar:
        row = wanted.service
        mounts = (self._sockets[row.sockets],) if row.sockets else ()
        config = service(wanted.image, self._room.labels("service"), self._holder, row.env, mounts)
        container = self._room.create(config)
        self._room.client.start(container)
        return Sidecar(wanted, container)

    def _wait(self, one: Sidecar, longest: float) -> None:
        row, client = one.wanted.service, self._room.client
        left = longest or row.seconds
        while left > 0:
            self._room.check()
            turn = min(left, _SLICE_SECONDS)
            script = _ANSWERS.format(seconds=max(1, int(turn)), port=row.port)
            if client.execute(self._holder, ["bash", "-c", script], _nothing) == 0:
                self._set_up(one)
                return
            if not client.is_running(one.container):
                raise NotReadyError(f"the service '{row.name}' has ended", client.logs(one.container, _LOG_LINES))
            left -= turn
        seconds = longest or row.seconds
        text = f"the service '{row.name}' did not answer at port {row.port} within {seconds:g} s"
        raise NotReadyError(text, client.logs(one.container, _LOG_LINES))

    def _set_up(self, one: Sidecar) -> None:
        # Images differ: what an image has already cannot be made again, and that is fine.
        if one.wanted.service.setup:
            with suppress(EngineError):
                self._room.client.execute(one.container, ["sh", "-c", one.wanted.service.setup], _nothing)


def _paths(wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.service.sockets for one in wanted if one.service.sockets))


def _nothing(data: bytes) -> None:
    del data
