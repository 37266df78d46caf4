"""Jobs on Podman's socket, where Podman is installed: a smoke test."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docker.calling import Call
from tests.docker.running import MICRO
from tests.engine import build_image, require_engine, require_image

REDIS = "travistool-test:listener"
pytestmark = [
    pytest.mark.docker,
    pytest.mark.skipif(shutil.which("podman") is None, reason="there is no podman: .ci/testbed all installs it"),
]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Give the address of a Podman service that has two images."""
    require_engine()
    require_image(MICRO)
    # Test machines may not raise limits, and have both versions of cgroups.
    settings = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n'
    if shutil.which("runc"):
        settings += '[engine]\nruntime = "runc"\n'
    (tmp_path / "containers.conf").write_text(settings)
    environ = {**os.environ, "CONTAINERS_CONF": str(tmp_path / "containers.conf")}
    (tmp_path / "image").mkdir()
    (tmp_path / "image" / "Dockerfile").write_text(f"FROM {MICRO}\nCMD while true; do nc -l -p 6379 </dev/null; done\n")
    build_image(REDIS, tmp_path / "image")
    for image in (MICRO, REDIS):
        if subprocess.run(["podman", "image", "exists", f"localhost/{image}"], env=environ, check=False).returncode:
            subprocess.run(["docker", "save", "-o", str(tmp_path / "image.tar"), image], check=True)
            load = ["podman", "load", "-q", "-i", str(tmp_path / "image.tar")]
            subprocess.run(load, check=True, capture_output=True, env=environ)
    socket = tmp_path / "podman.sock"
    with subprocess.Popen(["podman", "system", "service", "--time", "0", f"unix://{socket}"], env=environ) as service:
        while not socket.exists() and service.poll() is None:
            time.sleep(0.1)
        yield f"unix://{socket}"
        service.terminate()
    # What a failed test has left would be the next one's.
    for one in left("", "podman").split():
        subprocess.run(["podman", "rm", "--force", one], capture_output=True, env=environ, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    return made


HERE = ("--pull", "never", "--image", f"minimal=localhost/{MICRO}", "--image", f"redis=localhost/{REDIS}")


def test_a_job(address: str, folder: Path) -> None:
    config = {"env": [{"secure": "abc="}], "script": ["echo MARK", 'test "$TOKEN" = value']}
    call = Call(folder, config, *HERE, "--secret", "1=TOKEN=value", environ={"DOCKER_HOST": address})
    assert call.end() == 0, call.printed
    assert "\nMARK\n" in call.printed
    assert left(address) == ""


def test_a_service(address: str, folder: Path) -> None:
    config = {"services": "redis", "script": ["exec 3<>/dev/tcp/127.0.0.1/6379", "false"]}
    call = Call(folder, config, *HERE, environ={"DOCKER_HOST": address})
    assert call.end() == 1, call.printed
    assert left(address) == ""
    call = Call(folder, config, *HERE, "--keep", environ={"DOCKER_HOST": address})
    assert call.end() == 1, call.printed
    assert "kept: docker start travistool-kept-" in call.printed
    # Its socket is for Docker's own program, too.
    assert len(left(address).split()) == 2
    clear = [sys.executable, "-m", "travistool", "cache", "prune"]
    subprocess.run(clear, cwd=folder, env={**os.environ, "DOCKER_HOST": address}, check=True, capture_output=True)
    assert left(address) == ""


def left(address: str, program: str = "docker") -> str:
    """Return the containers and volumes that are there."""
    found = ""
    for what in (["ps", "-a"], ["volume", "ls"]):
        call = [program, *(["--host", address] if address else []), *what, "--filter", "label=travistool.run", "-q"]
        found += subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return found
