"""One job on a container engine: from its image to how its script ended."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack

from travistool.errors import EngineError
from travistool.plan.phases import language_of
from travistool.simulate.docker import containers, nested
from travistool.simulate.docker.archive import Archive, Item, Owner, parents, small
from travistool.simulate.docker.beside import Beside
from travistool.simulate.docker.containers import KEPT, Mount
from travistool.simulate.docker.control import COMPOSE, control
from travistool.simulate.docker.images import image_for, needs_docker
from travistool.simulate.docker.keeping import keep
from travistool.simulate.docker.labels import labels
from travistool.simulate.docker.machine import Machine
from travistool.simulate.docker.place import CACHE, WORKSPACES, Place
from travistool.simulate.docker.room import Room
from travistool.simulate.docker.shared import Shared
from travistool.simulate.docker.watcher import Watcher
from travistool.simulate.engine import Ending, Order, Write
from travistool.simulate.follow import mark
from travistool.simulate.script.cache import folders

_ROOT = Owner(0, 0)


def run_job(shared: Shared, room: Room, watcher: Watcher, order: Order, write: Write) -> Ending:
    """Run one job. What it makes is in the room. Raises EngineError, and Stopped."""
    name = image_for(order.job, shared.options.images)
    if name is None:
        raise EngineError("no image is known for this job", "name one with --image")
    image = shared.image(name, write, room)
    machine = shared.machine(image, room)
    if not machine.has_bash:
        raise EngineError(f"the image '{name}' has no bash, which every job needs", "name another one with --image")
    write(mark(order.marks, "now", "start", name))
    with ExitStack() as stack:
        beside = Beside(shared, room, order, name, machine, write, stack)
        place = _made(shared, room, order, name, machine, beside)
        if not place.files_come_with(order):
            place.fill()
        room.client.start(place.container)
        room.kill_on_stop(place.container)
        if beside.names:
            write(mark(order.marks, "now", "services", ", ".join(beside.names)))
        beside.ready(place.container, machine)
        room.check()
        ending = place.run(order, watcher, write)
        if order.linger is not None:
            order.linger(ending, lambda: place.shell(order))
        return ending._replace(kept=keep(room, place, beside.holder, order)) if order.keep else ending


def _made(shared: Shared, room: Room, order: Order, name: str, machine: Machine, beside: Beside) -> Place:
    """Make the container of the job."""
    mounts = (*beside.mounts, *_kept(shared, room, order))
    config = containers.job(
        name, room.labels("job"), room.seconds, shared.options, beside.where, mounts, stays=order.keep
    )
    if needs_docker(order.job) and shared.options.docker == "host":
        config = containers.with_host_engine(config, _group_of_socket())
    furniture = _furniture(shared, order, machine, beside)
    files = _packed(shared, order, machine, mounts, furniture)
    # Nobody else may write where it goes.
    needs_root = bool(furniture) and machine.owner != _ROOT
    return Place(room.client, room.create(config), machine, mounts, files, needs_root)


def _furniture(shared: Shared, order: Order, machine: Machine, beside: Beside) -> tuple[Item, ...]:
    """Return what the image lacks and the job needs; it is root's."""
    found = machine.furniture()
    if not machine.has_control:
        found += control(order, shared.options)
    if beside.nested is not None:
        found += nested.links()
    if needs_docker(order.job) and not machine.has_compose:
        found += (COMPOSE,)
    return found


def _packed(
    shared: Shared, order: Order, machine: Machine, mounts: tuple[Mount, ...], furniture: tuple[Item, ...]
) -> Archive:
    """Return all files of the job."""
    files = small(_files(order, machine, mounts), machine.owner)
    rest = shared.archive(order.source, f"{machine.home}/build/{order.place}", machine.owner)
    return Archive(small(furniture, _ROOT) + files, rest)


def _kept(shared: Shared, room: Room, order: Order) -> tuple[Mount, ...]:
    """Return the volumes that outlive the job."""
    found = []
    if order.cache and _keeps(order):
        project = shared.options.project
        title = order.job.name or order.job.number
        kept = labels("cache", "", 0, project=project, name=title)
        found.append(Mount(room.client.make_volume(f"travistool-cache-{project}-{order.cache}", kept), CACHE))
    if order.job.config.get("workspaces"):
        found.append(Mount(shared.workspaces(room), WORKSPACES))
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


def _group_of_socket() -> int:
    """Return the group that may use this machine's engine; root's where it is not on this machine."""
    try:
        found = os.stat("/var/run/docker.sock")
    except OSError:
        return 0
    return found.st_gid if stat.S_ISSOCK(found.st_mode) else 0
