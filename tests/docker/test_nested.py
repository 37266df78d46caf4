"""Jobs with an engine of their own."""

import re

import pytest

from tests.docker.running import MICRO, RUN, Machine, docker
from travistool.simulate.engine import Ending

pytestmark = pytest.mark.docker
ENGINE = "travistool-test:docker"
# An image out of what the job has: nothing is fetched.
IMAGE = (
    "mkdir ctx && cp /bin/bash ctx/ && cp $(ldd /bin/bash | grep -o '/lib[^ ]*') ctx/",
    r"printf 'FROM scratch\nCOPY bash /bin/\nCOPY lib*.so* /lib/x86_64-linux-gnu/\nCOPY ld-* /lib64/\n' >ctx/Dockerfile",
    "docker build -q -t own ctx",
)


@pytest.fixture(autouse=True)
def _no_images_are_kept() -> object:
    yield
    for name in docker("volume", "ls", "-q", "--filter", f"label=travistool.project={RUN}").split():
        docker("volume", "rm", name)


@pytest.mark.options(images={"default": ENGINE, "docker": ENGINE}, project=RUN)
def test_an_engine_of_its_own(machine: Machine) -> None:
    ran = machine.run(
        *IMAGE,
        "echo text >file && docker run --rm -v $PWD:/mnt own bash -c 'read x </mnt/file && echo MARK $x >/mnt/out'",
        "cat out",
        "docker run -d -p 8080:80 -v mine:/x own bash -c 'while true; do read -t 1 <> <(:); done'",
        "bash -c '</dev/tcp/127.0.0.1/8080' && echo MARK port",
        "docker ps -q | wc -l; docker -H unix:///var/run/docker.sock version >/dev/null",
        services=["docker"],
    )
    assert ran.ending == Ending(0), ran.text
    assert re.findall("^MARK .*", ran.text, re.MULTILINE) == ["MARK text", "MARK port"]
    again = machine.run(
        'test -z "$(docker ps -aq)$(docker volume ls -q)"', "docker images -q own | grep .", services=["docker"]
    )
    assert again.ending == Ending(0), again.text


@pytest.mark.options(images={"default": MICRO, "docker": ENGINE}, project=RUN)
def test_an_engine_that_does_not_start(machine: Machine) -> None:
    machine.engine.options.images["docker"] = MICRO  # type: ignore[index]
    ran = machine.run("true", services=["docker"])
    assert ran.ending == Ending(None, "the job's own container engine did not start")
    assert "dockerd" in ran.text


@pytest.mark.options(images={"default": ENGINE}, docker="host")
def test_the_engine_of_this_machine(machine: Machine) -> None:
    ran = machine.run(f"docker ps --filter label=travistool.run={RUN} -q | grep .", services=["docker"])
    assert ran.ending == Ending(0), ran.text
