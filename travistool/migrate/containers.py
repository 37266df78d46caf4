"""Images for jobs and services, for systems that run both in containers.

Services answer where Travis has them, with its users: those come by what a server runs when it starts for the first time,
and where a system gives services names of their own, ports of localhost are handed on to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from travistool.catalog.images import BY_DIST
from travistool.catalog.language import image
from travistool.catalog.settings import as_text
from travistool.migrate.model import Row, Service
from travistool.migrate.tasks import Tasks


class Container(NamedTuple):
    """A container beside a job. `name` is the service as Travis names it; `ports` are those of localhost on Travis.

    `start` is what it runs instead of its server alone, so that Travis's users are there; `` where it needs none.
    `health` asks inside of it whether it is ready, and makes the users where `start` cannot.
    """

    name: str
    image: str
    ports: tuple[str, ...]
    env: Mapping[str, str]
    start: str = ""
    health: str = ""


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
_ON_MACHINE = frozenset(("docker", "xvfb", "haveged", "sqlite3", "docker-compose"))
_MYSQL = "create user travis; grant all privileges on *.* to travis with grant option"
_START: Mapping[str, str] = {
    "postgresql": "create role travis superuser login; create database travis owner travis",
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
}
"""What a server runs when it starts for the first time: Travis's users."""

_HEALTH: Mapping[str, str] = {
    "postgresql": (
        "psql -U travis -c '' || {{ createuser -U postgres -s travis; createdb -U postgres -O travis travis; }}"
    ),
    "mysql": "{client} -h 127.0.0.1 -u travis -e '' || {client} -h 127.0.0.1 -e '{sql}'",
    "mariadb": "{client} -h 127.0.0.1 -u travis -e '' || {client} -h 127.0.0.1 -e '{sql}'",
    "redis": "redis-cli ping",
    "rabbitmq": "rabbitmq-diagnostics -q ping",
    "elasticsearch": "curl -fs http://localhost:9200",
    "cassandra": "cqlsh -e 'describe cluster'",
}
_NO_IMAGE = ("9.1", "9.2", "9.3")
"""Versions of PostgreSQL whose images are of a form that registries and engines of today refuse."""

_TOOLS = (("maven", re.compile(r"(?m)(?:^|[\s;&|(])mvn\s")), ("gradle", re.compile(r"(?m)(?:^|[\s;&|(])gradle\s")))
_FORWARD = """\
forward() {
  perl -MIO::Socket::INET -e '($host, $port) = @ARGV; $SIG{CHLD} = "IGNORE";
    $here = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $port, Listen => 50, ReuseAddr => 1) or exit;
    while (1) {
      $near = $here->accept or next; next if fork;
      $far = IO::Socket::INET->new("$host:$port") or exit;
      ($from, $to) = fork ? ($near, $far) : ($far, $near);
      syswrite $to, $data while sysread $from, $data, 65536;
      shutdown $to, 1; exit;
    }' "$1" "$2" < /dev/null > /dev/null 2>&1 &
}"""
"""Perl is the one language that all images based on Debian have."""


def image_of(row: Row, default: str) -> str:
    """Return the image that a job runs in: that of its language and version, else that of its dist.

    A job that starts containers itself has the default one.
    """
    if uses_docker(row):
        return default
    return (
        _variant(row) or image(row.language, row.language.settings(row.job.config)) or BY_DIST.get(row.dist) or default
    )


def _variant(row: Row) -> str:
    """Return the image with the build tool that the commands call; `` where the plain one does."""
    variants = row.language.images.variants
    if not variants or "maven" not in variants:
        return ""
    settings = row.language.settings(row.job.config)
    plain = image(row.language, settings) or ""
    tool = _tool(row)
    # Images with tools stand on those of one maker only.
    return settings.fill(variants[tool]) if tool and plain.startswith("eclipse-temurin:") else ""


def _tool(row: Row) -> str:
    return next((name for name, call in _TOOLS if any(map(call.search, row.commands()))), "")


def missing_tool(row: Row) -> str:
    """Return the build tool that commands call and the image of the language lacks; `` where there is none."""
    variants = row.language.images.variants
    lacks = row.os == "linux" and "maven" in variants and not uses_docker(row) and not _variant(row)
    return _tool(row) if lacks else ""


def has_image_of_dist(row: Row) -> bool:
    """Tell whether a job runs in an image of the very Ubuntu that it has on Travis, with all of its packages."""
    dist = as_text(row.job.config.get("dist"))
    return not uses_docker(row) and bool(dist) and image_of(row, "").endswith(f":{dist}")


def docker_of(row: Row) -> Service | None:
    """Return the service `docker` of a row; None where it does not ask for it."""
    return next((one for one in row.services if one.name == "docker"), None)


def uses_docker(row: Row) -> bool:
    """Tell whether the job starts containers itself, so that it needs a whole machine."""
    return docker_of(row) is not None


def containers(row: Row, images: Mapping[str, str], tasks: Tasks) -> tuple[Container, ...]:
    """Return the containers for a row's services; services without an image become tasks."""
    found = []
    for one in row.services if row.os == "linux" else ():
        if one.name in _PORTS:
            found.append(_container(one, images, row, tasks))
        elif one.name not in _ON_MACHINE:
            reason = f"there is no image for the service '{one.name}'"
            tasks.add("service", reason, "start it by commands", one.place)
    return tuple(found)


def _container(one: Service, images: Mapping[str, str], row: Row, tasks: Tasks) -> Container:
    version = one.version or _DEFAULTS.get(one.name, "")
    if one.name == "postgresql" and version in _NO_IMAGE:
        if one.is_asked:
            reason = f"there is no image of PostgreSQL {version} that still can be fetched: it is 9.6"
            tasks.add("service", reason, "check what the commands expect of it", one.place)
        version = "9.6"
    name = (
        "postgis" if one.name == "postgresql" and "postgis" in images and "postgis" in row.texts.lower() else one.name
    )
    # The programs of MariaDB have names of their own since 10.5.
    is_renamed = one.name == "mariadb" and not re.match(r"5\.|10\.[0-4](\.|\Z)", version)
    server = {"postgresql": "postgres", "mysql": "mysqld", "mariadb": "mariadbd" if is_renamed else "mysqld"}.get(
        one.name
    )
    sql = _START.get(one.name, "")
    start = f"echo '{sql};' > /docker-entrypoint-initdb.d/travis.sql; exec docker-entrypoint.sh {server}" if sql else ""
    health = _HEALTH.get(one.name, "").format(client="mariadb" if is_renamed else "mysql", sql=sql)
    return Container(
        one.name, images[name].format(version=version), _PORTS[one.name], _ENV.get(one.name, {}), start, health
    )


def waits(found: tuple[Container, ...], *, by_name: bool = False) -> list[str]:
    """Return the lines that wait for the services and make clients find them as on Travis.

    `by_name`: the system gives them names of their own, so localhost hands its ports on to them.
    """
    lines = []
    for one in found:
        host = one.name if by_name else "127.0.0.1"
        lines.append(
            f"for i in {{1..60}}; do (: < /dev/tcp/{host}/{one.ports[0]}) 2> /dev/null && break; sleep 1; done"
        )
    if by_name and found:
        lines = [_FORWARD, *[f"forward {one.name} {port}" for one in found for port in one.ports], *lines]
    return [*lines, *_clients({one.name for one in found})]


def _clients(names: set[str]) -> Iterator[str]:
    if "postgresql" in names:
        yield "export PGHOST=127.0.0.1 PGUSER=postgres"
    if names & {"mysql", "mariadb"}:
        yield "printf '[client]\\nhost=127.0.0.1\\nprotocol=tcp\\nuser=root\\n' > ~/.my.cnf"
