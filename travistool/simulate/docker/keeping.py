"""`--keep`: the container of a job stays for people to look at, ended, so that neither processes nor secrets are in it."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from travistool.errors import EngineError
from travistool.simulate.docker import labels
from travistool.simulate.docker.client import Client, Container
from travistool.simulate.docker.place import Place
from travistool.simulate.docker.room import Room
from travistool.simulate.engine import Order

PREFIX = "travistool-kept-"
"""How the names of kept containers begin. Labels cannot be changed, and who is killed on the way has kept nothing."""


class Machine(NamedTuple):
    """The container of a job that was kept: its name, the project and the job; `size` in bytes."""

    name: str
    project: str
    job: str
    size: int


def keep(room: Room, place: Place, holder: str, order: Order) -> str:
    """Leave the container of a job, and that of its network, if any (``). Return the command that enters it."""
    name = f"{PREFIX}{order.run}-{order.job.number}"
    network = f"{name}-network" if holder else ""
    # Somebody may have removed it.
    with suppress(EngineError):
        for container, called in ((place.container, name), (holder, network)):
            if container:
                room.client.kill(container)
                room.client.rename(container, called)
                room.keep(container)
        start = " ".join(filter(None, ("docker start", network, name)))
        folder = f"{place.machine.home}/build/{order.place}".rstrip("/")
        return f"{start} && docker exec -it -u {place.machine.user} -w {folder} {name} bash"
    return ""


def is_kept(container: Container) -> bool:
    """Tell whether a container was kept on purpose."""
    return container.name.startswith(PREFIX)


def machines(client: Client, project: str = "") -> tuple[Machine, ...]:
    """Return the jobs that were kept, of one project or (``) of all."""
    found = [
        Machine(one.name, one.labels.get(labels.PROJECT, ""), one.labels.get(labels.JOB, ""), one.size)
        for one in client.containers(labels.RUN, sized=True)
        if is_kept(one) and one.labels.get(labels.KIND) == "job"
    ]
    return tuple(sorted(one for one in found if project in ("", one.project)))


def forget(client: Client, project: str = "") -> tuple[str, ...]:
    """Remove the jobs that were kept, of one project or (``) of all; return their names."""
    found = [
        one for one in client.containers(labels.RUN) if is_kept(one) and project in ("", one.labels.get(labels.PROJECT))
    ]
    jobs = [one for one in found if one.labels.get(labels.KIND) == "job"]
    # The others own networks of jobs, and go behind these.
    for one in (*jobs, *(other for other in found if other not in jobs)):
        client.remove(one.id)
    return tuple(sorted(one.name for one in jobs))
