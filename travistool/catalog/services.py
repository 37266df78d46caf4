"""Services that run beside a job: image, port, users. What Travis promises of them holds at 127.0.0.1.

Users, passwords and ports: docs.travis-ci.com/user/database-setup. Images, and the versions that stand for a dist: from
general knowledge of the public registries. Names are those of Travis's units, as its compiler starts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from travistool.record import Record


class Service(Record):
    """One service. `image` is a template of `{version}`; `versions` are those by dist, `default` that of the others.

    `port` is where it answers once it is ready, `seconds` how long that may take. `sockets` is the folder of its Unix
    sockets, which the job shares; `` for none. `setup` is a text for the shell in its container, run when it is ready:
    whatever it says, the job goes on. `users` is what a job may rely on, for people.
    """

    name: str
    image: str
    default: str
    port: int
    versions: Mapping[str, str] = MappingProxyType({})
    env: Mapping[str, str] = MappingProxyType({})
    sockets: str = ""
    setup: str = ""
    seconds: int = 60
    users: str = ""


_SQL = (
    "CREATE USER IF NOT EXISTS 'travis'@'%' IDENTIFIED BY ''; "
    "GRANT ALL PRIVILEGES ON *.* TO 'travis'@'%' WITH GRANT OPTION; FLUSH PRIVILEGES;"
)
_MYSQL = f'"$(command -v mariadb || command -v mysql)" -uroot -e "{_SQL}"'
_MYSQL_USERS = "travis and root, without password"

POSTGRESQL: Mapping[str, str] = {
    "precise": "9.1",
    "trusty": "9.2",
    "xenial": "9.6",
    "bionic": "10",
    "focal": "13",
    "jammy": "14",
    "noble": "16",
}
"""The version on each dist where none is asked for. Source: travis-build lib/travis/build/script/shared/services at 2812e526."""

SERVICES: tuple[Service, ...] = (
    Service(
        name="postgresql",
        image="postgres:{version}",
        default="13",
        port=5432,
        versions=POSTGRESQL,
        env={"POSTGRES_HOST_AUTH_METHOD": "trust"},
        sockets="/var/run/postgresql",
        setup="createuser -U postgres -s travis; createdb -U postgres -O travis travis",
        users="postgres and travis, superusers without password; the database travis",
    ),
    Service(
        name="mysql",
        image="mysql:{version}",
        default="8.0",
        port=3306,
        versions={"precise": "5.5", "trusty": "5.6", "xenial": "5.7", "bionic": "5.7"},
        env={"MYSQL_ALLOW_EMPTY_PASSWORD": "1"},
        sockets="/var/run/mysqld",
        setup=_MYSQL,
        seconds=120,
        users=_MYSQL_USERS,
    ),
    Service(
        name="mariadb",
        image="mariadb:{version}",
        default="10.11",
        port=3306,
        env={"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": "1", "MYSQL_ALLOW_EMPTY_PASSWORD": "1"},
        sockets="/var/run/mysqld",
        setup=_MYSQL,
        seconds=120,
        users=_MYSQL_USERS,
    ),
    Service(
        name="redis-server", image="redis:{version}", default="6", port=6379, versions={"trusty": "4", "xenial": "5"}
    ),
    Service(name="memcached", image="memcached:{version}", default="1.6", port=11211),
    Service(
        name="mongodb",
        image="mongo:{version}",
        default="4.4",
        port=27017,
        versions={"trusty": "3.6", "xenial": "4.0", "bionic": "4.0", "jammy": "6.0", "noble": "7.0"},
    ),
    Service(
        name="rabbitmq-server",
        image="rabbitmq:{version}",
        default="3",
        port=5672,
        seconds=120,
        users="guest with the password guest, virtual host /",
    ),
    Service(
        name="elasticsearch",
        image="elasticsearch:{version}",
        default="7.17.9",
        port=9200,
        versions={"trusty": "5.6", "xenial": "5.6", "bionic": "6.8.23"},
        env={
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
        },
        seconds=180,
    ),
    Service(
        name="couchdb", image="couchdb:{version}", default="2.3", port=5984, versions={"trusty": "1.7"}, seconds=90
    ),
    Service(
        name="cassandra",
        image="cassandra:{version}",
        default="3.11",
        port=9042,
        env={"MAX_HEAP_SIZE": "512M", "HEAP_NEWSIZE": "128M"},
        seconds=240,
    ),
    Service(
        name="neo4j",
        image="neo4j:{version}",
        default="3.5",
        port=7474,
        env={"NEO4J_AUTH": "none"},
        seconds=180,
        users="any, as it does not ask",
    ),
    Service(name="riak", image="basho/riak-kv:{version}", default="ubuntu-2.2.3", port=8098, seconds=180),
    Service(name="rethinkdb", image="rethinkdb:{version}", default="2.4", port=28015),
)
"""All services with an image. `docker` has an engine of its own, `xvfb` runs in the job's container."""

BY_NAME: Mapping[str, Service] = {one.name: one for one in SERVICES}
"""The same by name."""

FROM_ADDONS = ("mariadb", "rethinkdb", "postgresql")
"""Addons that start a service of the version that they name."""


def image_of(service: Service, version: str, dist: str) -> str:
    """Return the image of a service; the version that the dist has where none is asked for (``)."""
    return service.image.format(version=version or service.versions.get(dist, service.default))
