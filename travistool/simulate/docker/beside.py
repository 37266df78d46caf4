"""What runs beside a job: the holder of its network, services, an engine of its own. Nothing for most jobs."""

from __future__ import annotations

from contextlib import ExitStack

from travistool.catalog.settings import as_text
from travistool.simulate.docker import containers
from travistool.simulate.docker.containers import Mount, Where
from travistool.simulate.docker.images import DOCKER, needs_docker, services_of
from travistool.simulate.docker.machine import Machine
from travistool.simulate.docker.nested import Nested
from travistool.simulate.docker.room import Room
from travistool.simulate.docker.shared import Shared
from travistool.simulate.docker.sidecars import Sidecars
from travistool.simulate.engine import Order, Write
from travistool.simulate.script import addons


class Beside:
    """What runs beside one job: the holder of its network, services, its own engine. Nothing for most jobs."""

    def __init__(
        self, shared: Shared, room: Room, order: Order, image: str, machine: Machine, write: Write, stack: ExitStack
    ) -> None:
        self._room = room
        self._options = shared.options
        self.where = _where(shared, order)
        self.holder = ""
        self.mounts: tuple[Mount, ...] = ()
        self.sidecars: Sidecars | None = None
        self.nested: Nested | None = None
        wanted = services_of(order.job, shared.options.images)
        is_nested = needs_docker(order.job) and shared.options.docker == "nested"
        self.names = (*[one.service.name for one in wanted], *(["docker"] if is_nested else []))
        if not wanted and not is_nested:
            return
        for one in wanted:
            shared.image(one.image, write, room)
        self.holder = holder = room.create(
            containers.holder(image, room.labels("holder"), room.seconds, self.where, stays=room.keeps),
            owns_network=True,
        )
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

    def ready(self, container: str, machine: Machine) -> None:
        """Wait until all of it is ready."""
        if self.nested is not None:
            self.nested.ready()
        if self.sidecars is not None:
            self.sidecars.ready(self._options.ready_seconds)
        if self.nested is not None and not machine.has_docker:
            self.nested.lend_client(container)


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
