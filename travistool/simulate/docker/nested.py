"""The engine of a job with `services: docker`: one of its own, in a container beside it; or that of this machine."""

from __future__ import annotations

import os
import shlex
import threading
from contextlib import suppress
from typing import NamedTuple

from travistool.errors import EngineError
from travistool.simulate.docker.archive import Archive, Item, Owner, small
from travistool.simulate.docker.containers import SOCKET, Mount, engine
from travistool.simulate.docker.labels import labels
from travistool.simulate.docker.options import DockerOptions
from travistool.simulate.docker.room import Room
from travistool.simulate.docker.sidecars import NotReadyError

DATA = "/var/lib/docker"
_SECONDS = 60
_SLICE_SECONDS = 2
_LOG_LINES = 30
_CLIENTS = ("/usr/local/bin/docker", "/usr/bin/docker")
_FOLDERS = ("/usr", "/usr/local", "/usr/local/bin")
_PLUGINS = ("/usr/local/libexec/docker", "/usr/libexec/docker")

# An engine inside a container has to arrange its groups of processes itself: the first lines are for the first
# version of these, the next ones for the second, where a group with processes cannot have groups below it.
START = """
mount -o remount,rw /sys/fs/cgroup 2>/dev/null
for group in /sys/fs/cgroup/*/; do mount -o remount,rw,bind "$group" 2>/dev/null; done
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mkdir -p /sys/fs/cgroup/init
  while read -r process; do echo "$process" >/sys/fs/cgroup/init/cgroup.procs; done </sys/fs/cgroup/cgroup.procs
  sed -e 's/ / +/g' -e 's/^/+/' </sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control
fi 2>/dev/null
exec dockerd --host=unix://{socket} --host=unix:///var/run/docker.sock --group={group} {options}
"""

# What jobs before left in the volume goes; images stay.
_READY = """
export DOCKER_HOST=unix://{socket}
tries=0
until docker version >/dev/null 2>&1; do
  tries=$((tries + 1)); if [ "$tries" -ge {tries} ]; then exit 1; fi
  sleep 0.1
done
left="$(docker ps --all --quiet)"
if [ -n "$left" ]; then docker rm --force --volumes $left >/dev/null; docker network prune --force >/dev/null; fi
left="$(docker volume ls --quiet)"
if [ -n "$left" ]; then docker volume rm $left >/dev/null; fi
exit 0
"""


class Slot(NamedTuple):
    """A volume for the images of a project; an engine has it for itself."""

    volume: str


class Slots:
    """Hands out volumes for images: jobs side by side get different ones, the next job the first that is free."""

    def __init__(self, project: str) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._taken: set[str] = set()

    def take(self, room: Room) -> Slot:
        """Return a volume that no engine uses; it is made when it is not there."""
        number = 0
        with self._lock:
            while True:
                name = f"travistool-images-{self._project}-{number}"
                # Other runs, of other processes, use the same ones.
                if name not in self._taken and not room.client.uses_volume(name):
                    self._taken.add(name)
                    break
                number += 1
        kept = labels("images", "", 0, project=self._project, name=str(number))
        room.client.make_volume(name, kept)
        return Slot(name)

    def give_back(self, slot: Slot) -> None:
        """Let other jobs have a volume."""
        with self._lock:
            self._taken.discard(slot.volume)


class Nested:
    """The own engine of one job."""

    def __init__(self, room: Room, image: str, holder: str, slot: Slot, build: Mount, owner_group: int) -> None:
        self._room = room
        self.image = image
        self.socket = room.volume(SOCKET, in_memory=True)
        self._group = owner_group
        self._mounts = (self.socket, build, Mount(slot.volume, DATA))
        self._holder = holder
        self.container = ""

    def start(self, options: DockerOptions) -> None:
        """Start it; it is not ready yet."""
        registries = shlex.join(f"--insecure-registry={one}" for one in options.insecure_registries)
        text = START.replace("{socket}", f"{SOCKET}/docker.sock").replace("{group}", str(self._group))
        text = text.replace("{options}", registries)
        config = engine(self.image, self._room.labels("engine"), self._holder, text, self._mounts)
        self.container = self._room.create(config)
        self._room.client.start(self.container)

    def remove(self) -> None:
        """Remove it before its volume is given to another job: two engines must not share one."""
        self._room.client.remove(self.container)

    def lend_client(self, job: str) -> None:
        """Copy its `docker` into a job's container, whose image has none."""
        client = self._room.client
        folders = tuple(Item(one) for one in _FOLDERS if not client.has(job, one))
        if folders:
            client.put(job, Archive(small(folders, Owner(0, 0))).pieces())
        any(client.copy(self.container, path, job, _FOLDERS[-1]) for path in _CLIENTS)
        any(client.copy(self.container, path, job, os.path.dirname(path)) for path in _PLUGINS)

    def ready(self) -> None:
        """Wait until it answers. Raises NotReadyError."""
        client = self._room.client
        tries = str(_SLICE_SECONDS * 5)
        script = _READY.replace("{socket}", f"{SOCKET}/docker.sock").replace("{tries}", tries)
        for _ in range(_SECONDS // _SLICE_SECONDS):
            self._room.check()
            # It may end while we ask it.
            with suppress(EngineError):
                if client.execute(self.container, ["sh", "-c", script], lambda _: None, user="0") == 0:
                    return
            if not client.is_running(self.container):
                break
        log = client.logs(self.container, _LOG_LINES)
        raise NotReadyError("the job's own container engine did not start", log)


def links() -> tuple[Item, ...]:
    """Return what makes the socket of a nested engine the usual one."""
    return (Item("/var/run/docker.sock", link=f"{SOCKET}/docker.sock", mode=0o777),)
