"""`service`, `systemctl` and `docker-compose` for jobs: a container has none of them, and configs call them all the same."""

import re
from importlib.resources import files

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

COMPOSE = Item("/usr/local/bin/docker-compose", b'#!/bin/sh\nexec docker compose "$@"\n')
"""The name of Docker Compose that Travis's images have, where the image of an engine has only the newer one."""


def control(order: Order, options: DockerOptions) -> tuple[Item, ...]:
    """Return what controls services in a job; nothing for a job that does not ask for it."""
    if not ASKS.search(order.script.text):
        return ()
    names = [one.service.name for one in services_of(order.job, options.images)]
    names += [other for name in names for other in _OTHERS.get(name, ())]
    names += ["docker"] if needs_docker(order.job) else []
    text = files(__package__).joinpath("control.sh").read_text("utf-8").replace("@BESIDE@", " ".join(names))
    return tuple(Item(path, text.encode()) for path in _PLACES)
