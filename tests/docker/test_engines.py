"""Engines elsewhere: by address, by context; one whose disk is full, one that goes away. It is an engine in a container."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.docker.calling import Call
from tests.docker.running import MICRO, docker
from tests.engine import require_engine, require_image
from travistool.simulate.docker.nested import START

pytestmark = pytest.mark.docker
ENGINE = "travistool-test:docker"
THERE = "travistool-test:only-there"
DISK = "160m"


class Other(NamedTuple):
    """An engine of its own, and its address."""

    container: str
    address: str

    def has(self, what: str) -> str:
        """Return what it lists."""
        call = ["docker", "--host", self.address, *what.split(), "--filter", "label=travistool.run", "-q"]
        return subprocess.run(call, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def other() -> Iterator[Other]:
    """Give an engine with a small disk that has one image."""
    require_engine()
    for image in (MICRO, ENGINE):
        require_image(image)
    text = START.replace("{socket}", "/run/own.sock").replace("{group}", "0")
    rights = ["SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE"]
    container = docker(
        *("run", "--detach", "--rm", "--init", "--user", "0", "--tmpfs", f"/var/lib/docker:size={DISK}"),
        *[f"--cap-add={one}" for one in rights],
        *("--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined", "--entrypoint", "sh"),
        *(ENGINE, "-c", text.replace("{options}", "--host=tcp://0.0.0.0:2375 --tls=false")),
    ).strip()
    try:
        address = docker("inspect", container, "--format", "{{.NetworkSettings.IPAddress}}").strip()
        made = Other(container, f"tcp://{address}:2375")
        for _ in range(300):
            if (
                subprocess.run(["docker", "--host", made.address, "info"], capture_output=True, check=False).returncode
                == 0
            ):
                break
            time.sleep(0.1)
        with subprocess.Popen(["docker", "save", MICRO], stdout=subprocess.PIPE) as saved:
            docker_there = ["docker", "--host", made.address]
            subprocess.run([*docker_there, "load"], stdin=saved.stdout, check=True, capture_output=True)
        subprocess.run([*docker_there, "tag", MICRO, THERE], check=True)
        yield made
    finally:
        subprocess.run(["docker", "rm", "--force", "--volumes", container], capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    return made


HERE = ("--pull", "never", "--image", f"minimal={THERE}")


def test_by_address_and_by_context(other: Other, folder: Path, tmp_path: Path) -> None:
    settings = str(tmp_path / "docker")
    docker("--config", settings, "context", "create", "there", "--docker", f"host={other.address}")
    docker("--config", settings, "context", "use", "there")
    for environ in (
        {"DOCKER_HOST": other.address},
        {"DOCKER_CONFIG": settings},
        {"DOCKER_CONFIG": settings, "DOCKER_CONTEXT": "there"},
    ):
        call = Call(folder, {"script": "echo MARK"}, *HERE, environ=environ)
        assert call.end() == 0, call.printed
        assert "\nMARK\n" in call.printed
    # The variable goes before the context in use.
    call = Call(folder, {"script": "true"}, *HERE, environ={"DOCKER_CONFIG": settings, "DOCKER_CONTEXT": "default"})
    assert call.end() == 6, call.printed
    assert other.has("ps -a") + other.has("volume ls") == ""


def test_a_full_disk(other: Other, folder: Path) -> None:
    environ = {"DOCKER_HOST": other.address}
    call = Call(folder, {"script": ["cat /dev/zero >~/big", "echo MARK"]}, *HERE, environ=environ)
    assert call.end() == 1, call.printed
    assert "No space left on device" in call.printed
    assert "\nMARK\n" in call.printed
    # What was written went with the job.
    call = Call(folder, {"script": "head -c 100000000 /dev/zero >~/big"}, *HERE, environ=environ)
    assert call.end() == 0, call.printed
    (folder / "big").write_bytes(bytes(300 << 20))
    call = Call(folder, {"script": "true"}, *HERE, environ=environ)
    assert call.end() == 3, call.printed
    assert "no space left on device" in call.printed.lower()
    assert other.has("ps -a") + other.has("volume ls") == ""
    assert call.left() == []


def test_an_engine_that_goes_away(other: Other, folder: Path) -> None:
    call = Call(folder, {"script": "echo NOW; sleep 300"}, *HERE, environ={"DOCKER_HOST": other.address})
    call.wait_for("NOW")
    docker("kill", other.container)
    assert call.end() == 5, call.printed
    assert "travistool: error: the engine does not answer" in call.printed
