"""`service`, `systemctl` and `docker-compose` for jobs: a container has none of them, and configs call them all the same."""

from __future__ import annotations

import re
from importlib.resources import files

from travistool.catalog.services import BY_NAME
from travistool.catalog.settings import as_text
from travistool.plan.equality import listed
from travistool.plan.model import Job
from travistool.plan.phases import PHASES
from travistool.simulate.docker.archive import Item
from travistool.simulate.docker.images import needs_docker, services_of
from travistool.simulate.docker.options import DockerOptions
from travistool.simulate.engine import Order

ASKS = re.compile(r"\bsystemctl\b|\bservice\s+[\w@.-]+\s+(?:start|stop|restart|reload|status)\b|/etc/init\.d/xvfb\b")
_PLACES = ("/usr/local/bin/service", "/usr/local/bin/systemctl", "/etc/init.d/xvfb")
_OTHERS = {
    "mariadb": ("mysql", "mysqld"),
    "memcached": ("memcache",),
    "mongodb": ("mongod",),
    "mysql": ("mysqld", "mariadb"),
    "neo4j": ("neo4j-server",),
    "rabbitmq-server": ("rabbitmq",),
    "redis-server": ("redis",),
}
"""Names of services beside those of their rows."""

_STARTS = re.compile(
    r"\bservice\s+(?P<a>[\w-]+)\s+(?:re)?start\b|\bsystemctl\s+(?:re)?start\s+(?P<b>[\w-]+)|/etc/init\.d/(?P<c>[\w-]+)\s+(?:re)?start\b"
)

_CALLS_DOCKER = re.compile(r"(?:^|[;&|(]|\bsudo|\btravis_retry)\s*docker(?:-compose)?\s+[a-z]", re.MULTILINE)
_INSTALLS_DOCKER = re.compile(r"\binstall\b.*\bdocker|get\.docker\.com|test-docker|\bdockerd\b")

COMPOSE = Item("/usr/local/bin/docker-compose", b'#!/bin/sh\nexec docker compose "$@"\n')
"""The name of Docker Compose that Travis's images have, where the image of an engine has only the newer one."""


def started(job: Job, options: DockerOptions) -> tuple[str, ...]:
    """Return the services that commands of a job start, and that nothing here has: on Travis they are installed."""
    known = {other: name for name, others in _OTHERS.items() for other in others} | {name: name for name in BY_NAME}
    texts = _texts(job)
    asked = [one.group(one.lastgroup or 0) for text in texts for one in _STARTS.finditer(text)]
    found = dict.fromkeys(known[name] for name in asked if name in known)
    there = {one.service.name for one in services_of(job, options.images)}
    return tuple(name for name in found if name not in there)


def lacks_docker(job: Job) -> bool:
    """Tell whether commands of a job call docker, which it has neither asked for nor installs."""
    texts = _texts(job)
    calls = any(_CALLS_DOCKER.search(text) for text in texts)
    return calls and not needs_docker(job) and not any(_INSTALLS_DOCKER.search(text) for text in texts)


def _texts(job: Job) -> list[str]:
    return [as_text(one) for phase in PHASES if phase != "deploy" for one in listed(job.config.get(phase))]


def control(order: Order, options: DockerOptions) -> tuple[Item, ...]:
    """Return what controls services in a job; nothing for a job that does not ask for it."""
    if not ASKS.search(order.script.text):
        return ()
    names = [one.service.name for one in services_of(order.job, options.images)]
    names += [other for name in names for other in _OTHERS.get(name, ())]
    names += ["docker"] if needs_docker(order.job) else []
    text = files(__package__).joinpath("control.sh").read_text("utf-8").replace("@BESIDE@", " ".join(names))
    return tuple(Item(path, text.encode()) for path in _PLACES)
