"""What configs call to control services, which run beside the job here: it works, or says what would."""

import pytest

from tests.docker.running import RUN, Machine, docker
from travistool.simulate.engine import Ending

pytestmark = pytest.mark.docker
FULL, ENGINE = "travistool-test:bookworm", "travistool-test:docker"


@pytest.mark.options(images={"default": FULL, "redis": "travistool-test:redis"})
def test_services_beside_the_job(machine: Machine) -> None:
    ran = machine.run(
        "service redis restart",
        "service redis-server status && systemctl is-active redis.service",
        "systemctl --quiet enable --now redis-server && systemctl daemon-reload",
        "systemctl stop redis",
        "exec 3<>/dev/tcp/127.0.0.1/6379 && echo MARK",
        services=["redis"],
    )
    assert ran.ending == Ending(0), ran.text
    assert "\nMARK" in ran.text
    assert "travistool: 'redis' runs beside this job, and is not started anew" in ran.text
    assert "travistool: 'redis' runs beside this job, and goes on" in ran.text


@pytest.mark.options(images={"default": FULL})
def test_services_that_are_not_there(machine: Machine) -> None:
    ran = machine.run(
        "sudo service postgresql stop; echo MARK $?",
        "sudo systemctl start postgresql; echo MARK $?",
        "systemctl is-active --quiet mysql; echo MARK $?",
        "sudo systemctl list-units; echo MARK $?",
    )
    assert [line for line in ran.text.splitlines() if line.startswith("MARK")] == [
        "MARK 0",
        "MARK 5",
        "MARK 3",
        "MARK 1",
    ]
    assert "no service 'postgresql' in this container: name it under 'services', or install it" in ran.text


@pytest.mark.options(images={"default": FULL})
def test_services_with_a_script_of_their_own(machine: Machine) -> None:
    script = "#!/bin/sh\\necho MARK $1\\n"
    ran = machine.run(
        f"printf '{script}' | sudo tee /etc/init.d/mine >/dev/null && sudo chmod +x /etc/init.d/mine",
        "sudo service mine start && sudo systemctl restart mine && sudo systemctl enable mine",
    )
    assert ran.ending == Ending(0), ran.text
    assert [line for line in ran.text.splitlines() if line.startswith("MARK")] == ["MARK start", "MARK restart"]


@pytest.mark.options(images={"default": FULL}, network="bridge")
@pytest.mark.parametrize("way", ["services", "init.d"])
def test_a_screen(machine: Machine, way: str) -> None:
    ran = machine.run(
        "" if way == "services" else "sh -e /etc/init.d/xvfb start",
        "DISPLAY=${DISPLAY-:99.0} xdpyinfo | grep dimensions",
        services=["xvfb"] if way == "services" else [],
        addons={"apt": {"packages": ["xvfb", "x11-utils"]}},
    )
    assert ran.ending == Ending(0), ran.text
    assert "1280x1024 pixels" in ran.text
    assert way == "init.d" or "export DISPLAY=:99.0" in ran.text


def test_a_screen_that_the_image_lacks(machine: Machine) -> None:
    ran = machine.run("sh -e /etc/init.d/xvfb start")
    assert ran.ending == Ending(1)
    assert "there is no Xvfb in this image: 'addons: {apt: {packages: [xvfb]}}' installs it" in ran.text


@pytest.mark.options(images={"default": FULL, "docker": ENGINE}, project=RUN)
def test_an_engine_lends_its_client_and_compose_has_its_old_name(machine: Machine) -> None:
    plugin = r"""printf '#!/bin/sh\nif [ "$1" = docker-cli-plugin-metadata ]; then\n echo "{\\"SchemaVersion\\":\\"0.1.0\\",\\"Vendor\\":\\"x\\"}"\nelse echo MARK $@; fi\n'"""
    try:
        ran = machine.run(
            f"mkdir -p ~/.docker/cli-plugins && {plugin} >~/.docker/cli-plugins/docker-compose",
            "chmod +x ~/.docker/cli-plugins/docker-compose",
            "docker-compose up -d",
            "sudo service docker restart && docker ps -q",
            "sudo rm /usr/local/bin/docker-compose",
            services=["docker"],
        )
    finally:
        for name in docker("volume", "ls", "-q", "--filter", f"label=travistool.project={RUN}").split():
            docker("volume", "rm", name)
    assert ran.ending == Ending(0), ran.text
    assert "\nMARK compose up -d" in ran.text
