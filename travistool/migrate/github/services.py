"""Services as containers beside the job, on the ports of localhost that Travis has them on, with Travis's users."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from travistool.document.layout import Inline
from travistool.migrate.github.facts import facts
from travistool.migrate.machine import starts_display
from travistool.migrate.model import Row, Service
from travistool.migrate.tasks import Tasks


class Served(NamedTuple):
    """The `services:` of a job, steps that make users, and variables that clients need."""

    services: dict[str, Any]
    steps: tuple[dict[Any, Any], ...] = ()
    env: Mapping[str, str] = {}


class _Kind(NamedTuple):
    ports: tuple[str, ...]
    env: Mapping[str, str] = {}
    health: str = ""


_KINDS: Mapping[str, _Kind] = {
    "postgresql": _Kind(("5432:5432",), {"POSTGRES_HOST_AUTH_METHOD": "trust"}, "pg_isready"),
    "mysql": _Kind(("3306:3306",), {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes"}, "mysqladmin ping -h 127.0.0.1"),
    "mariadb": _Kind(
        ("3306:3306",),
        {"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": "yes"},
        "mariadb-admin ping -h 127.0.0.1 || mysqladmin ping",
    ),
    "redis": _Kind(("6379:6379",), {}, "redis-cli ping"),
    "memcached": _Kind(("11211:11211",)),
    "mongodb": _Kind(("27017:27017",)),
    "rabbitmq": _Kind(("5672:5672", "15672:15672"), {}, "rabbitmq-diagnostics -q ping"),
    "elasticsearch": _Kind(
        ("9200:9200",),
        {"discovery.type": "single-node", "ES_JAVA_OPTS": "-Xms512m -Xmx512m"},
        "curl -fs http://localhost:9200",
    ),
    "couchdb": _Kind(("5984:5984",)),
    "cassandra": _Kind(("9042:9042",), {}, "cqlsh -e 'describe cluster'"),
    "neo4j": _Kind(("7474:7474", "7687:7687"), {"NEO4J_AUTH": "none"}),
    "rethinkdb": _Kind(("28015:28015", "8080:8080")),
}
_DEFAULTS = {"postgresql": "13", "mysql": "5.7", "mariadb": "10.11", "rethinkdb": "2.4"}
_ON_MACHINE = frozenset(("docker", "xvfb", "haveged", "sqlite3", "docker-compose"))
_DISPLAY = 'Xvfb :99 -screen 0 1280x1024x24 > /dev/null 2>&1 &\necho "DISPLAY=:99.0" >> "$GITHUB_ENV"'


def served(row: Row, tasks: Tasks, in_container: bool) -> Served:
    """Return what the services of a row come to."""
    services: dict[str, Any] = {}
    steps: list[dict[Any, Any]] = []
    env: dict[str, str] = {}
    if row.os == "linux":
        for one in row.services:
            if one.name in _KINDS:
                services[one.name] = _service(one, row)
                more, names = _clients(one, "localhost" if not in_container else one.name)
                steps += more
                env |= names
            elif one.name not in _ON_MACHINE:
                tasks.add(
                    "service", f"there is no image for the service '{one.name}'", "start it by commands", one.place
                )
    if row.os == "linux" and (any(one.name == "xvfb" for one in row.services) or starts_display(row.texts)):
        steps.append({"name": "Start a virtual display", "run": _DISPLAY})
    if in_container and services:
        tasks.add(
            "service",
            "in a container, services are found by their names, not on localhost",
            f"connect to the hosts {', '.join(services)} in such jobs",
            row.services[0].place,
        )
    return Served(services, tuple(steps), env)


def _service(one: Service, row: Row) -> dict[str, Any]:
    kind = _KINDS[one.name]
    name = "postgis" if one.name == "postgresql" and "postgis" in row.texts.lower() else one.name
    version = one.version or _DEFAULTS.get(one.name, "")
    if one.name == "postgresql" and version in ("9.1", "9.2", "9.3"):
        version = "9.6"
    found: dict[str, Any] = {"image": facts()["images"][name].format(version=version)}
    if kind.env:
        found["env"] = dict(kind.env)
    found["ports"] = Inline(kind.ports)
    if kind.health:
        command = kind.health.replace('"', '\\"')
        found["options"] = f'--health-cmd "{command}" --health-interval 5s --health-timeout 5s --health-retries 20'
    return found


def _clients(one: Service, host: str) -> tuple[list[dict[Any, Any]], dict[str, str]]:
    """Return the steps that make Travis's users, and the variables by which clients find the server."""
    if host != "localhost":
        # The image of the language has no clients.
        return [], {"PGHOST": host, "PGUSER": "postgres"} if one.name == "postgresql" else {}
    if one.name == "postgresql":
        users = (
            f'psql -h {host} -U postgres -c "create role travis superuser login"\n'
            f'psql -h {host} -U postgres -c "create database travis owner travis"'
        )
        return [{"name": "Create Travis's database user", "run": users}], {"PGHOST": host, "PGUSER": "postgres"}
    if one.name in ("mysql", "mariadb"):
        users = (
            "printf '[client]\\nhost=127.0.0.1\\nprotocol=tcp\\nuser=root\\n' > ~/.my.cnf\n"
            "mysql -e \"create user 'travis'@'%'; grant all privileges on *.* to 'travis'@'%' with grant option\""
        )
        return [{"name": "Create Travis's database user", "run": users}], {}
    return [], {}
