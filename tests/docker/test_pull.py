"""Images that have to be fetched first: what is shown on the way, and where none comes."""

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.docker.calling import Call, SilentRegistry
from tests.docker.running import MICRO, docker
from tests.engine import require_engine, require_image

pytestmark = pytest.mark.docker
REGISTRY = "travistool-test:registry"
PASSWORD = "a long s3cret"


class Registry(NamedTuple):
    """A registry with a password; `settings` is a folder of docker's that has it. `image` is there, and not here."""

    address: str
    settings: str

    @property
    def image(self) -> str:
        return f"{self.address}/micro:1"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    require_engine()
    for image in (REGISTRY, MICRO):
        require_image(image)
    container = docker("run", "--detach", "--rm", "--publish", "127.0.0.1::5000", REGISTRY).strip()
    try:
        port = docker("port", container, "5000").strip().rpartition(":")[2]
        made = Registry(f"127.0.0.1:{port}", str(tmp_path_factory.mktemp("docker")))
        login = ["docker", "--config", made.settings, "login", "-u", "pusher", "--password-stdin", made.address]
        for _ in range(50):
            # It may take a moment to listen.
            if subprocess.run(login, input=PASSWORD, text=True, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.2)
        docker("tag", MICRO, made.image)
        docker("--config", made.settings, "push", "--quiet", made.image)
        docker("rmi", made.image)
        yield made
    finally:
        docker("rm", "--force", "--volumes", container)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    return made


def test_an_image_is_fetched_once(registry: Registry, folder: Path) -> None:
    config = {"script": "echo MARK", "env": ["A=1", "A=2"]}
    call = Call(
        folder, config, "-j2", "--image", f"minimal={registry.image}", environ={"DOCKER_CONFIG": registry.settings}
    )
    try:
        assert call.end() == 0, call.printed
    finally:
        docker("rmi", registry.image)
    assert f"note: the image '{registry.image}' is pulled first, its size is not known [1.1, 1.2]\n" in call.printed
    pulled = re.findall(rf"^(1\.[12]) \| (Pull\w+) the image {registry.image}\b", call.printed, re.MULTILINE)
    assert pulled in ([(one, "Pulling"), (one, "Pulled")] for one in ("1.1", "1.2"))
    assert call.printed.count("| MARK\n") == 2


@pytest.mark.parametrize(
    ("image", "why", "way"),
    [
        pytest.param("{0}/micro:1", "no basic auth credentials", "log in with docker login first", id="no password"),
        pytest.param("127.0.0.1:1/x", "connection refused", "bring the image with docker load", id="no registry"),
    ],
)
def test_no_image_comes(registry: Registry, folder: Path, image: str, why: str, way: str) -> None:
    name = image.format(registry.address)
    call = Call(folder, {"script": "echo MARK"}, "--image", f"minimal={name}")
    assert call.end() == 3, call.printed
    assert re.search(
        f"^1.1: errored, the image '{name}' cannot be pulled: .*{why}; .*{way}$", call.printed, re.MULTILINE
    )
    assert "MARK" not in call.printed
    assert "Travis would send" not in call.printed


def test_there_is_no_such_tag(registry: Registry, folder: Path) -> None:
    call = Call(
        folder,
        {"script": "true"},
        *("--image", f"minimal={registry.address}/micro:2"),
        environ={"DOCKER_CONFIG": registry.settings},
    )
    assert call.end() == 3, call.printed
    assert "; there is no such image or tag: name another one with --image KEY=IMAGE\n" in call.printed


def test_the_one_that_is_here_will_do(folder: Path) -> None:
    """`--pull always` asks the registry, and goes on without an answer."""
    require_engine()
    docker("tag", MICRO, "127.0.0.1:1/micro:1")
    try:
        call = Call(folder, {"script": "echo MARK"}, "--image", "minimal=127.0.0.1:1/micro:1", "--pull", "always")
        assert call.end() == 0, call.printed
    finally:
        docker("rmi", "127.0.0.1:1/micro:1")
    assert "cannot be pulled: " in call.printed
    assert ": the job gets the one that is here\n" in call.printed
    assert "\nMARK\n" in call.printed


def test_machines_are_told_how_far_it_is(folder: Path) -> None:
    """Here by a registry that does not answer."""
    require_engine()
    with SilentRegistry() as address:
        call = Call(folder, {"script": "true"}, "--image", f"minimal={address}/image:1", "--progress", "jsonl")
        call.wait_for('{"event": "job_moved"')
        told = json.loads(call.printed.splitlines()[-1])
        call.send(signal.SIGTERM)
        call.end()
        assert (told["phase"], told["command"]) == ("pull", f"{address}/image:1")
