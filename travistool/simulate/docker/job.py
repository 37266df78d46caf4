"""One job on a container engine: from its image to how its script ended."""

import os
import stat
from contextlib import ExitStack
from typing import NamedTuple

from travistool.catalog.settings import as_text
from travistool.errors import EngineError
from travistool.plan.phases import language_of
from travistool.simulate.docker import containers, nested
from travistool.simulate.docker.archive import Item, Owner, joined, parents, small
from travistool.simulate.docker.containers import KEPT, SECRETS, Mount, Where
from travistool.simulate.docker.images import DOCKER, image_for, needs_docker, services_of
from travistool.simulate.docker.labels import labels
from travistool.simulate.docker.machine import Machine
from travistool.simulate.docker.nested import Nested
from travistool.simulate.docker.room import Room
from travistool.simulate.docker.shared import Shared
from travistool.simulate.docker.sidecars import Sidecars
from travistool.simulate.docker.watcher import Watcher
from travistool.simulate.engine import Ending, Order, Write
from travistool.simulate.script import addons
from travistool.simulate.script.cache import folders

_KILLED = 137
_DIES_SECONDS = 0.7
_ROOT = Owner(0, 0)
_CACHE, _WORKSPACES = f"{KEPT}/cache", f"{KEPT}/workspaces"


class Place(NamedTuple):
    """A job's container, what it is like, and the volumes that it has."""

    container: str
    machine: Machine
    mounts: tuple[Mount, ...]


def run_job(shared: Shared, room: Room, watcher: Watcher, order: Order, write: Write) -> Ending:
    """Run one job. What it makes is in the room. Raises EngineError, and Stopped."""
    name = image_for(order.job, shared.options.images)
    if name is None:
        raise EngineError("no image is known for this job", "name one with --image")
    image = shared.image(name, write, room)
    machine = shared.machine(image, room)
    if not machine.has_bash:
        raise EngineError(f"the image '{name}' has no bash, which every job needs", "name another one with --image")
    with ExitStack() as stack:
        beside = _Beside(shared, room, order, name, machine, write, stack)
        place = _made(shared, room, order, name, machine, beside)
        room.client.start(place.container)
        room.kill_on_stop(place.container)
        beside.ready(place)
        room.check()
        ending = _executed(room, watcher, place, order, write)
        if order.linger is not None:
            order.linger(ending, lambda: _shell(room, place, order))
        return ending


class _Beside:
    """What runs beside one job: the holder of its network, services, its own engine. Nothing for most jobs."""

    def __init__(
        self, shared: Shared, room: Room, order: Order, image: str, machine: Machine, write: Write, stack: ExitStack
    ) -> None:
        self._room = room
        self._options = shared.options
        self.where = _where(shared, order)
        self.mounts: tuple[Mount, ...] = ()
        self.sidecars: Sidecars | None = None
        self.nested: Nested | None = None
        wanted = services_of(order.job, shared.options.images)
        is_nested = needs_docker(order.job) and shared.options.docker == "nested"
        if not wanted and not is_nested:
            return
        for one in wanted:
            shared.image(one.image, write, room)
        holder = room.create(containers.holder(image, room.labels("holder"), room.seconds, self.where))
        room.client.start(holder)
        # Who waits for services waits in here.
        room.kill_on_stop(holder)
        self.where = Where(holder=holder)
        if wanted:
            self.sidecars = Sidecars(room, wanted, holder)
            stack.callback(self.sidecars.close)
            self.mounts += self.sidecars.mounts()
        if is_nested:
            self.nested = self._nested(shared, holder, machine, write, stack)

    def _nested(self, shared: Shared, holder: str, machine: Machine, write: Write, stack: ExitStack) -> Nested:
        name = self._options.images.get("docker", DOCKER)
        shared.image(name, write, self._room)
        slot = shared.slots.take(self._room)
        stack.callback(shared.slots.give_back, slot)
        build = self._room.volume(f"{machine.home}/build")
        made = Nested(self._room, name, holder, slot, build, machine.owner.gid)
        made.start(self._options)
        stack.callback(made.remove)
        self.mounts += (build, made.socket)
        return made

    def ready(self, place: Place) -> None:
        """Wait until all of it is ready."""
        if self.nested is not None:
            self.nested.ready()
        if self.sidecars is not None:
            self.sidecars.ready(self._options.ready_seconds)
        if self.nested is not None and not place.machine.has_docker:
            self.nested.lend_client(place.container)


def _where(shared: Shared, order: Order) -> Where:
    given = addons.addons_of(order.job)
    hosts = given.get("hosts")
    names = tuple(as_text(one) for one in (hosts if isinstance(hosts, list) else [hosts]) if one)
    return Where(
        mode=shared.options.network,
        hostname=as_text(given.get("hostname")) or f"travis-job-{order.job.number.replace('.', '-')}",
        hosts=names,
        dns=shared.options.dns,
    )


def _made(shared: Shared, room: Room, order: Order, name: str, machine: Machine, beside: _Beside) -> Place:
    """Make the container of the job, with all files in it."""
    mounts = (*beside.mounts, *_kept(shared, room, order))
    uid, gid = machine.owner
    config = containers.job(name, room.labels("job"), room.seconds, shared.options, beside.where, mounts, (uid, gid))
    if needs_docker(order.job) and shared.options.docker == "host":
        config = containers.with_host_engine(config, _group_of_socket())
    container = room.create(config)
    files = small(_files(order, machine, mounts), machine.owner)
    rest = shared.archive(order.source, f"{machine.home}/build/{order.place}", machine.owner)
    furniture = (*machine.furniture(), *(nested.links() if beside.nested is not None else ()))
    room.client.put(container, joined(small(furniture, _ROOT) + files, rest))
    return Place(container, machine, mounts)


def _kept(shared: Shared, room: Room, order: Order) -> tuple[Mount, ...]:
    """Return the volumes that outlive the job."""
    found = []
    if order.cache and _keeps(order):
        project = shared.options.project
        title = order.job.name or order.job.number
        kept = labels("cache", "", 0, project=project, name=title)
        found.append(Mount(room.client.make_volume(f"travistool-cache-{project}-{order.cache}", kept), _CACHE))
    if order.job.config.get("workspaces"):
        found.append(Mount(shared.workspaces(room), _WORKSPACES))
    return tuple(found)


def _keeps(order: Order) -> bool:
    """Tell whether the job has folders to keep."""
    language = language_of(order.job)
    return bool(folders(order.job, language, language.settings(order.job.config, order.build.repo)))


def _files(order: Order, machine: Machine, mounts: tuple[Mount, ...]) -> tuple[Item, ...]:
    """Return the job's own files. Folders that are mounts become the job's that way."""
    build = f"{machine.home}/build"
    return (
        Item(machine.home),
        *parents(os.path.dirname(f"{build}/{order.place}"), machine.home),
        *(Item(one.path) for one in mounts if one.path.startswith(KEPT)),
        Item(f"{machine.home}/build.sh", order.script.text.encode("utf-8", "surrogateescape")),
    )


def _executed(room: Room, watcher: Watcher, place: Place, order: Order, write: Write) -> Ending:
    environ = _environ(place, order)
    if order.script.secrets:
        environ["TRAVISTOOL_SECRETS"] = _bring_secrets(room, place, order.script.secrets)
    code = room.client.execute(
        place.container,
        ["bash", f"{place.machine.home}/build.sh"],
        write,
        user=place.machine.user,
        environ=environ,
        folder=place.machine.home,
        terminal=order.terminal,
    )
    # A command that was killed and a container that was: only the container's own end tells them apart.
    died = code in (None, _KILLED) and watcher.saw("die", place.container, _DIES_SECONDS)
    if watcher.saw("oom", place.container):
        return Ending(None if died else code, "it ran out of memory; --memory gives it more")
    return Ending(None, "its container was killed from outside") if died or code is None else Ending(code)


def _bring_secrets(room: Room, place: Place, secrets: str) -> str:
    """Write the secrets to a file in memory that only the job can read; return its path.

    They go through the command's input: arguments, variables and archives are seen by others, or stay on the disk.
    """
    path, data = f"{SECRETS}/secrets", secrets.encode("utf-8", "surrogateescape")
    command = ["bash", "-c", f"umask 077 && head -c {len(data)} >{path}"]
    code = room.client.execute(place.container, command, lambda _: None, user=place.machine.user, stdin=data)
    if code != 0:
        raise EngineError("the secrets cannot be brought into the container")
    return path


def _environ(place: Place, order: Order) -> dict[str, str]:
    paths = {one.path for one in place.mounts}
    found = {
        "HOME": place.machine.home,
        "USER": "travis",
        "TERM": "xterm-256color" if order.terminal else "dumb",
        "TRAVISTOOL_MARKS": order.marks,
    }
    if _CACHE in paths:
        found["TRAVISTOOL_CACHE"] = _CACHE
    if _WORKSPACES in paths:
        found["TRAVISTOOL_WORKSPACES"] = _WORKSPACES
    return found


def _shell(room: Room, place: Place, order: Order) -> int:
    environ = {**_environ(place, order), "TERM": os.environ.get("TERM", "xterm")}
    del environ["TRAVISTOOL_MARKS"]
    home = place.machine.home
    command = ["bash", "-c", f'cd "{home}/build/{order.place}" 2>/dev/null; exec bash -i']
    return room.client.interact(place.container, command, place.machine.user, home, environ)


def _group_of_socket() -> int:
    """Return the group that may use this machine's engine; root's where it is not on this machine."""
    try:
        found = os.stat("/var/run/docker.sock")
    except OSError:
        return 0
    return found.st_gid if stat.S_ISSOCK(found.st_mode) else 0
