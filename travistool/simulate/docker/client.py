"""The calls of a container engine that we make, over the Docker SDK."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from travistool.errors import EngineError
from travistool.simulate.docker import sockets
from travistool.simulate.docker.connection import Connection
from travistool.simulate.docker.failures import gone_is_fine, in_use_is_fine, told
from travistool.simulate.docker.stream import Frames

if TYPE_CHECKING:
    from docker import APIClient

Write = Callable[[bytes], None]

_CHUNK = 1 << 16
_SECONDS = 300
_OK = 200
_REMOVED_SECONDS = 10
_LOOK_SECONDS = 0.05


class Container(NamedTuple):
    """A container as the engine lists it. `size` is what it has written, in bytes; -1 where nobody asked."""

    id: str
    name: str
    labels: Mapping[str, str]
    size: int = -1


class Client:
    """A connection to an engine, for several threads. All methods raise EngineError when it does not do what is asked."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._connection = Connection()
        self.arch = str(self._connection.about.get("Arch", ""))

    @property
    def _api(self) -> APIClient:
        # One for each thread: sessions of the SDK are not made for several.
        found: APIClient | None = getattr(self._local, "api", None)
        if found is None:
            found = self._local.api = self._connection.api()
        return found

    def close(self) -> None:
        """Close all connections."""
        self._connection.close()

    def info(self) -> Mapping[str, Any]:
        """Return what the engine says of itself."""
        with told("the engine does not answer"):
            found: Mapping[str, Any] = self._api.info()
        return found

    # Containers

    def create(self, config: dict[str, Any], name: str | None = None) -> str:
        """Create a container from what the engine's own interface takes; return its id."""
        with told("the container cannot be made"):
            return str(self._api.create_container_from_config(config, name)["Id"])

    def start(self, container: str) -> None:
        """Start a container."""
        with told("the container does not start"):
            self._api.start(container)

    def kill(self, container: str) -> None:
        """End a container at once; it may have ended or be gone."""
        with gone_is_fine(), in_use_is_fine(), told("the container cannot be ended"):
            self._api.kill(container)

    def remove(self, container: str) -> None:
        """Remove a container with its own volumes, running or not; it may be gone."""
        with gone_is_fine(), in_use_is_fine(), told("the container cannot be removed"):
            self._api.remove_container(container, v=True, force=True)
            return
        # The engine is about to do it itself.
        deadline = time.monotonic() + _REMOVED_SECONDS
        while time.monotonic() < deadline and self._is_there(container):
            time.sleep(_LOOK_SECONDS)

    def _is_there(self, container: str) -> bool:
        with gone_is_fine(), told("the engine does not answer"):
            self._api.inspect_container(container)
            return True
        return False

    def is_running(self, container: str) -> bool:
        """Tell whether a container is there and runs."""
        with gone_is_fine(), told("the engine does not answer"):
            return bool(self._api.inspect_container(container)["State"]["Running"])
        return False

    def rename(self, container: str, name: str) -> None:
        """Give a container another name."""
        with told("the container cannot be renamed"):
            self._api.rename(container, name)

    def containers(self, label: str, *, sized: bool = False) -> list[Container]:
        """Return all containers that have a label, running or not. Sizes take the engine a while."""
        with told("the engine does not list its containers"):
            found = self._api.containers(all=True, size=sized, filters={"label": label})
        return [
            Container(
                str(one["Id"]),
                str((one.get("Names") or [""])[0]).removeprefix("/"),
                dict(one.get("Labels") or {}),
                int(one.get("SizeRw") or 0) if sized else -1,
            )
            for one in found
        ]

    def uses_volume(self, volume: str) -> bool:
        """Tell whether a running container has a volume."""
        with told("the engine does not list its containers"):
            return bool(self._api.containers(filters={"volume": volume}))

    def logs(self, container: str, lines: int) -> bytes:
        """Return the last lines of what a container's main process has printed."""
        with gone_is_fine(), told("the container has no log"):
            return bytes(self._api.logs(container, tail=lines))
        return b""

    def put(self, container: str, archive: Iterable[bytes], folder: str = "/") -> None:
        """Unpack a tar archive in a folder of a container."""
        with told("files cannot be copied into the container"):
            self._api.put_archive(container, folder, archive)

    def copy(self, container: str, path: str, target: str, folder: str) -> bool:
        """Copy a file from one container to a folder of another one; tell whether it is there."""
        archive = self.get(container, path)
        if archive is None:
            return False
        try:
            self.put(target, archive, folder)
        finally:
            # The engine does not even remove a container whose archive is not read to its end.
            with contextlib.suppress(OSError):
                for _ in archive:
                    pass
        return True

    def get(self, container: str, path: str) -> Iterator[bytes] | None:
        """Return a file of a container as a tar archive; None when it is not there. It must be read to its end."""
        with gone_is_fine(), told("files cannot be copied out of the container"):
            archive, _ = self._api.get_archive(container, path, chunk_size=_CHUNK)
            return iter(archive)  # type: ignore[no-any-return]  # its stub has no type
        return None

    def has(self, container: str, path: str) -> bool:
        """Tell whether a path exists in a container."""
        api = self._api
        # The SDK has no call for this one.
        address = f"{api.base_url}/v{api.api_version}/containers/{container}/archive"
        with told("the container cannot be looked into"):
            return api.head(address, params={"path": path}, timeout=_SECONDS).status_code == _OK

    # Commands

    def execute(
        self,
        container: str,
        command: list[str],
        write: Write,
        *,
        user: str = "",
        environ: Mapping[str, str] | None = None,
        folder: str = "",
        terminal: bool = False,
        stdin: Iterable[bytes] = (),
    ) -> int | None:
        """Run a command in a container to its end and return its exit code; None where the engine does not know it.

        What it prints is passed on as it comes. `stdin` is written, and then nothing more; the command has to know
        how much it is.
        """
        with told("a command cannot be run in the container"):
            made = self._api.exec_create(
                container, command, user=user, environment=dict(environ or {}), workdir=folder or None, tty=terminal,
                stdin=bool(stdin),
            )  # fmt: skip
            socket = self._api.exec_start(made["Id"], tty=terminal, socket=True)
        try:
            for data in stdin:
                _send(socket, data)
            sockets.receive(socket, write if terminal else Frames(write).feed)
        finally:
            sockets.close(socket)
        return self._exit_code(str(made["Id"]))

    def interact(self, container: str, command: list[str], user: str, folder: str, environ: Mapping[str, str]) -> int:
        """Run a command with this terminal as its own; return its exit code."""
        from travistool.simulate.docker.terminal import converse  # noqa: PLC0415  # few systems have what it needs

        with told("a shell cannot be opened in the container"):
            made = self._api.exec_create(
                container, command, user=user, workdir=folder, environment=dict(environ), tty=True, stdin=True
            )
            socket = self._api.exec_start(made["Id"], tty=True, socket=True)
        try:
            converse(sockets.plain(socket), lambda rows, columns: self._api.exec_resize(made["Id"], rows, columns))
        finally:
            sockets.close(socket)
        return self._exit_code(str(made["Id"])) or 0

    def _exit_code(self, command: str) -> int | None:
        # A container that removes itself takes its commands along.
        with gone_is_fine(), told("the engine went away"):
            found = self._api.exec_inspect(command)["ExitCode"]
            return None if found is None else int(found)
        return None

    # Images

    def image(self, name: str) -> Mapping[str, Any] | None:
        """Return what the engine knows of an image; None for one that it does not have."""
        with gone_is_fine(), told("the engine does not look for images"):
            found: Mapping[str, Any] = self._api.inspect_image(name)
            return found
        return None

    def pull(self, name: str, tell: Callable[[Mapping[str, Any]], None]) -> None:
        """Fetch an image. `tell` gets what the engine says about each layer on the way."""
        repository, tag = _split(name)
        with told(f"the image '{name}' cannot be pulled"):
            for one in self._api.pull(repository, tag=tag, stream=True, decode=True):
                if "error" in one:
                    raise EngineError(f"the image '{name}' cannot be pulled: {one['error']}")
                tell(one)

    # Volumes

    def make_volume(self, name: str | None, labels: Mapping[str, str], *, in_memory: bool = False) -> str:
        """Make a volume, or find the one of that name; return its name. One in memory may be written to by everyone."""
        options = {"type": "tmpfs", "device": "tmpfs", "o": "mode=1777,size=64m"} if in_memory else None
        with told("a volume cannot be made"):
            made = self._api.create_volume(name, driver="local", driver_opts=options, labels=dict(labels))
        return str(made["Name"])

    def volumes(self, label: str) -> list[tuple[str, Mapping[str, str]]]:
        """Return all volumes that have a label, with all their labels."""
        with told("the engine does not list its volumes"):
            found = self._api.volumes(filters={"label": label})
        return [(str(one["Name"]), dict(one.get("Labels") or {})) for one in found.get("Volumes") or ()]

    def sizes(self) -> Mapping[str, int]:
        """Return the size of each volume in bytes; this takes the engine a while."""
        with told("the engine does not know its sizes"):
            found = self._api.df()
        return {one["Name"]: int((one.get("UsageData") or {}).get("Size", -1)) for one in found.get("Volumes") or ()}

    def remove_volume(self, name: str) -> bool:
        """Remove a volume; tell whether it went: one that is in use stays."""
        with gone_is_fine(), in_use_is_fine(), told("the volume cannot be removed"):
            self._api.remove_volume(name)
            return True
        return False

    # Events

    def events(self, label: str, kinds: tuple[str, ...]) -> EventStream:
        """Return the events of all containers with a label, from now on."""
        with told("the engine does not tell its events"):
            stream = self._api.events(filters={"type": "container", "label": label, "event": list(kinds)}, decode=True)
        return EventStream(((str(one["status"]), str(one["id"])) for one in stream if "status" in one), stream.close)


class EventStream(NamedTuple):
    """Events as they come: what happened, and the id of the container. `close` ends them, from any thread."""

    events: Iterator[tuple[str, str]]
    close: Callable[[], object]


def _split(name: str) -> tuple[str, str]:
    """Return repository and tag of an image's name; the latest one where it names none."""
    if "@" in name:
        repository, _, digest = name.partition("@")
        return repository, digest
    repository, colon, tag = name.rpartition(":")
    return (repository, tag) if colon and "/" not in tag else (name, "latest")


def _send(socket: Any, data: bytes) -> None:
    with told("nothing can be sent to the container"):
        sockets.plain(socket).sendall(data)
