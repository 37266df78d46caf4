"""What the jobs of one run share: images that are there, what they are like, archives of checkouts, workspaces."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from travistool.errors import EngineError
from travistool.simulate import scratch
from travistool.simulate.docker import pulling
from travistool.simulate.docker.archive import Owner, tree
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.labels import labels
from travistool.simulate.docker.machine import Machine, look
from travistool.simulate.docker.nested import Slots
from travistool.simulate.docker.options import DockerOptions
from travistool.simulate.docker.room import Room
from travistool.simulate.engine import Write

_LONGEST_SECONDS = 7 * 24 * 3600
_LOOK_SECONDS = 0.1


class Shared:
    """Made once, kept until the run is over. For several threads."""

    def __init__(self, client: Client, options: DockerOptions) -> None:
        self.client = client
        self.options = options
        self.slots = Slots(options.project)
        self._lock = threading.RLock()
        self._folder = scratch.make()
        self._archives: dict[tuple[str, str, Owner], str] = {}
        self._machines: dict[str, Machine] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._pulled: dict[str, EngineError | None] = {}
        self._workspaces = ""

    def close(self) -> None:
        """Remove it all."""
        scratch.remove(self._folder)
        if self._workspaces:
            self.client.remove_volume(self._workspaces)

    def image(self, name: str, write: Write, room: Room) -> Mapping[str, Any]:
        """Return what is known of an image, which is fetched first as `--pull` says. Raises EngineError."""
        with self._lock:
            turn = self._turns.setdefault(name, threading.Lock())
        while not turn.acquire(timeout=_LOOK_SECONDS):
            # Another job fetches it, which may take long.
            write(b"")
            room.check()
        try:
            return self._image(name, write, room)
        finally:
            turn.release()

    def _image(self, name: str, write: Write, room: Room) -> Mapping[str, Any]:
        pull = self.options.pull
        found = self.client.image(name)
        if name not in self._pulled and (pull == "always" or (found is None and pull == "missing")):
            # Once in a run: the next job would not get it either.
            wrong = self._pulled[name] = pulling.pull(self.client, name, write, room)
            found = self.client.image(name)
            if wrong is not None and found is not None:
                write(f"{wrong.message}: the job gets the one that is here\n".encode())
        if found is None:
            raise self._pulled.get(name) or EngineError(f"there is no image '{name}' here", pulling.way_out(""))
        return found

    def machine(self, image: Mapping[str, Any], room: Room) -> Machine:
        """Return what an image is like. Each is looked into once, in a container that is never started."""
        key = str(image["Id"])
        with self._lock:
            if key not in self._machines:
                config = {"Image": key, "Entrypoint": ["true"], "Labels": room.labels("look")}
                made = room.create(config)
                self._machines[key] = look(self.client, made, image)
                self.client.remove(made)
            return self._machines[key]

    def archive(self, source: str, place: str, owner: Owner) -> str:
        """Return the file with the archive of a checkout, made once for all jobs; `` for no source."""
        if not source:
            return ""
        key = (source, place, owner)
        with self._lock:
            if key not in self._archives:
                path = os.path.join(self._folder, f"{len(self._archives)}.tar")
                with open(path, "wb") as file:
                    tree(source, place, owner, file)
                self._archives[key] = path
            return self._archives[key]

    def workspaces(self, room: Room) -> str:
        """Return the volume for workspaces, made when the first job asks."""
        with self._lock:
            if not self._workspaces:
                # It outlives the job that asks first.
                kept = labels("workspaces", room.run, _LONGEST_SECONDS)
                self._workspaces = self.client.make_volume(None, kept)
            return self._workspaces
