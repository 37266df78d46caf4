"""Services beside a job, as Travis promises them: at 127.0.0.1 and at their sockets, with its users."""

import pytest

from tests.docker.running import Machine
from travistool.simulate.engine import Ending

pytestmark = pytest.mark.docker
CLIENTS = "travistool-test:services"
IMAGES = {
    "default": CLIENTS,
    **{name: f"travistool-test:{name}" for name in ("redis", "memcached", "rabbitmq", "postgresql", "mariadb")},
    "mysql": "travistool-test:mariadb",
}


@pytest.mark.options(images=IMAGES)
def test_all_at_once(machine: Machine) -> None:
    ran = machine.run(
        "psql -U postgres -c 'select current_user' >&2",
        "createdb mine && psql -h 127.0.0.1 mine -c 'create table t (x int)' >&2",
        "mysql -e 'create database mine; select current_user()'",
        "mysql -u root -h 127.0.0.1 -e 'select 1'",
        'test "$(redis-cli ping)" = PONG',
        r"printf 'version\nquit\n' | nc 127.0.0.1 11211 | grep VERSION",
        r"printf 'AMQP\0\0\11\1' | nc -w 2 127.0.0.1 5672 | head -c 7 | grep -q . ",
        services=["postgresql", "mysql", "redis", "memcached", "rabbitmq"],
    )
    assert ran.ending == Ending(0), ran.text


@pytest.mark.options(images=IMAGES)
def test_versions_of_addons(machine: Machine) -> None:
    ran = machine.run(
        'echo "MARK $PATH $TRAVIS_MARIADB_VERSION"',
        "psql -U postgres -c 'select 1' && mysql -e 'select 1'",
        addons={"postgresql": "15", "mariadb": "10.11"},
    )
    assert ran.ending == Ending(0), ran.text
    assert "MARK /usr/lib/postgresql/15/bin:" in ran.text
    assert " 10.11\n" in ran.text
