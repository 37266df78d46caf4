"""Images for jobs and services, for systems that run both in containers."""

from collections.abc import Mapping
from typing import NamedTuple

from travistool.catalog.images import BY_DIST
from travistool.catalog.language import image
from travistool.migrate.model import Row, Service
from travistool.migrate.tasks import Tasks


class Container(NamedTuple):
    """A container beside a job. `name` is the service as Travis names it; `ports` are those of localhost on Travis."""

    name: str
    image: str
    ports: tuple[str, ...]
    env: Mapping[str, str]


_PORTS: Mapping[str, tuple[str, ...]] = {
    "postgresql": ("5432",),
    "mysql": ("3306",),
    "mariadb": ("3306",),
    "redis": ("6379",),
    "memcached": ("11211",),
    "mongodb": ("27017",),
    "rabbitmq": ("5672", "15672"),
    "elasticsearch": ("9200",),
    "couchdb": ("5984",),
    "cassandra": ("9042",),
    "neo4j": ("7474", "7687"),
    "rethinkdb": ("28015", "8080"),
}
_ENV: Mapping[str, Mapping[str, str]] = {
    "postgresql": {"POSTGRES_HOST_AUTH_METHOD": "trust"},
    "mysql": {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes"},
    "mariadb": {"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": "yes"},
    "elasticsearch": {"discovery.type": "single-node", "ES_JAVA_OPTS": "-Xms512m -Xmx512m"},
    "neo4j": {"NEO4J_AUTH": "none"},
}
_DEFAULTS = {"postgresql": "13", "mysql": "5.7", "mariadb": "10.11", "rethinkdb": "2.4"}
_ON_MACHINE = frozenset(("docker", "xvfb", "haveged", "sqlite3"))


def image_of(row: Row, default: str) -> str:
    """Return the image that a job runs in: that of its language and version, else that of its dist."""
    return image(row.language, row.language.settings(row.job.config)) or BY_DIST.get(row.dist) or default


def uses_docker(row: Row) -> bool:
    """Tell whether the job starts containers itself, so that it needs a whole machine."""
    return any(one.name == "docker" for one in row.services)


def containers(row: Row, images: Mapping[str, str], tasks: Tasks) -> tuple[Container, ...]:
    """Return the containers for a row's services; services without an image become tasks."""
    found = []
    for one in row.services if row.os == "linux" else ():
        if one.name in _PORTS:
            found.append(_container(one, images))
        elif one.name not in _ON_MACHINE:
            reason = f"there is no image for the service '{one.name}'"
            tasks.add("service", reason, "start it by commands", one.place)
    return tuple(found)


def _container(one: Service, images: Mapping[str, str]) -> Container:
    version = one.version or _DEFAULTS.get(one.name, "")
    if one.name == "postgresql" and version in ("9.1", "9.2", "9.3"):
        version = "9.6"
    return Container(one.name, images[one.name].format(version=version), _PORTS[one.name], _ENV.get(one.name, {}))


def waits(found: tuple[Container, ...], host: str = "127.0.0.1") -> list[str]:
    """Return the lines that wait for the services and make clients find them as on Travis."""
    names = {one.name for one in found}
    ports = [(host or one.name, one.ports[0]) for one in found]
    lines = [
        f"for i in {{1..60}}; do (: < /dev/tcp/{name}/{port}) 2> /dev/null && break; sleep 1; done"
        for name, port in ports
    ]
    if "postgresql" in names:
        lines.append(f"export PGHOST={host or 'postgresql'} PGUSER=postgres")
    if names & {"mysql", "mariadb"}:
        server = host or ("mysql" if "mysql" in names else "mariadb")
        lines.append(f"printf '[client]\\nhost={server}\\nprotocol=tcp\\nuser=root\\n' > ~/.my.cnf")
    return lines
