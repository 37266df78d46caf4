"""A job on Podman's socket, where Podman is installed: a smoke test."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docker.running import MICRO
from tests.engine import require_engine, require_image

pytestmark = [pytest.mark.docker, pytest.mark.skipif(shutil.which("podman") is None, reason="there is no podman")]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Give the address of a Podman service that has the smallest image."""
    require_engine()
    require_image(MICRO)
    # Test machines may not raise limits, and have both versions of cgroups.
    settings = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n'
    if shutil.which("runc"):
        settings += '[engine]\nruntime = "runc"\n'
    (tmp_path / "containers.conf").write_text(settings)
    environ = {**os.environ, "CONTAINERS_CONF": str(tmp_path / "containers.conf")}
    subprocess.run(["docker", "save", "-o", str(tmp_path / "image.tar"), MICRO], check=True)
    subprocess.run(
        ["podman", "load", "-q", "-i", str(tmp_path / "image.tar")], check=True, capture_output=True, env=environ
    )
    socket = tmp_path / "podman.sock"
    with subprocess.Popen(["podman", "system", "service", "--time", "0", f"unix://{socket}"], env=environ) as service:
        while not socket.exists() and service.poll() is None:
            time.sleep(0.1)
        yield f"unix://{socket}"
        service.terminate()


def test_a_job(address: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / ".travis.yml").write_text("language: minimal\nscript: [echo MARK, 'test \"$TOKEN\" = value']\n")
    call = [
        sys.executable,
        "-m",
        "travistool",
        "simulate",
        "--engine",
        "docker",
        "--pull",
        "never",
        "--progress",
        "lines",
    ]
    environ = {**os.environ, "DOCKER_HOST": address, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(
        [*call, "--image", f"minimal=localhost/{MICRO}", "--secret", "TOKEN=value"],
        cwd=project, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "MARK" in ran.stdout.split()
