"""A project with Docker Compose, two stages and a registry, from the command line. Nothing is mocked."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.docker.running import docker
from tests.engine import require_engine, require_image

pytestmark = [pytest.mark.docker, pytest.mark.heavy]
PROJECT = Path(__file__).parents[2] / "fixtures" / "compose-project"
ENGINE, REGISTRY, BASE = "travistool-test:docker", "travistool-test:registry", "travistool-test:db"
PASSWORD = "a long s3cret"
_TAGS = "/data/docker/registry/v2/repositories/widget/_manifests/tags"


class Registry(NamedTuple):
    """A registry with a password, as the containers of jobs reach it."""

    container: str
    address: str

    def tags(self) -> set[str]:
        """Return the tags of the project's image."""
        found = subprocess.run(
            ["docker", "exec", self.container, "ls", _TAGS], capture_output=True, text=True, check=False
        )
        return set(found.stdout.split())


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Give a registry that has the base image of the project's own ones."""
    require_engine()
    for image in (ENGINE, REGISTRY, BASE):
        require_image(image)
    container = docker("run", "--detach", "--rm", "--publish", "127.0.0.1::5000", REGISTRY).strip()
    try:
        port = docker("port", container, "5000").strip().rpartition(":")[2]
        settings = str(tmp_path_factory.mktemp("docker"))
        _login(settings, f"127.0.0.1:{port}")
        name = f"127.0.0.1:{port}/base"
        docker("tag", BASE, name)
        docker("--config", settings, "push", "--quiet", name)
        docker("rmi", name)
        address = docker("inspect", container, "--format", "{{.NetworkSettings.IPAddress}}").strip()
        yield Registry(container, f"{address}:5000")
    finally:
        docker("rm", "--force", "--volumes", container)


def _login(settings: str, address: str) -> None:
    call = ["docker", "--config", settings, "login", "--username", "pusher", "--password-stdin", address]
    for _ in range(50):
        # It may take a moment to listen.
        if subprocess.run(call, input=PASSWORD, text=True, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.2)
    raise AssertionError(address)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a repository of the project; images that its jobs' engines keep go at the end."""
    folder = tmp_path_factory.mktemp("end") / "project"
    shutil.copytree(PROJECT, folder)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    yield folder
    subprocess.run(
        [sys.executable, "-m", "travistool", "cache", "clear"],
        cwd=folder,
        env=environ(folder),
        check=True,
        capture_output=True,
    )


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Tests", "-c", "user.email=tests@example.com"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")


def environ(folder: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}


class Built(NamedTuple):
    """What came of a build: exit code, states by job name, deployments of the last job, all logs."""

    code: int
    states: dict[str, str]
    deployments: list[str]
    logs: str
    printed: str


def build(folder: Path, registry: Registry, *more: str) -> Built:
    report = folder.parent / "report.json"
    call = [
        *(
            sys.executable,
            "-m",
            "travistool",
            "simulate",
            "--engine",
            "docker",
            "--progress",
            "lines",
            "--pull",
            "never",
        ),
        *("--image", f"default={ENGINE}", "--image", f"minimal={ENGINE}", "--image", f"docker={ENGINE}"),
        *("--insecure-registry", registry.address, "--env", f"REGISTRY={registry.address}", "--deploy", "script"),
        *("--secret", f"1=REGISTRY_PASSWORD='{PASSWORD}'", "--report", f"json={report}", *more),
    ]
    ran = subprocess.run(call, cwd=folder, env=environ(folder), capture_output=True, text=True, check=False)
    assert report.exists(), ran.stderr
    found: dict[str, Any] = json.loads(report.read_text())
    report.unlink()
    return Built(
        ran.returncode,
        {job["name"]: job["state"] for job in found["jobs"]},
        [one["state"] for one in found["jobs"][-1]["deployments"]],
        "".join(Path(job["log"]).read_text() for job in found["jobs"] if job["log"]),
        ran.stdout + ran.stderr,
    )


def test_a_push_to_the_branch(project: Path, registry: Registry) -> None:
    built = build(project, registry, "-j", "2")
    assert built.states == {"Unit tests": "passed", "Static analysis": "passed", "Image": "passed"}, built.printed
    assert built.code == 0
    assert built.deployments == ["deployed", "skipped"]
    assert registry.tags() == {git(project, "rev-parse", "--short", "HEAD"), "latest"}
    assert "all tests pass" in built.logs
    assert "no findings" in built.logs
    assert "export REGISTRY_PASSWORD=[secure]" in built.logs
    assert PASSWORD not in built.logs + built.printed


def test_a_tag(project: Path, registry: Registry) -> None:
    built = build(project, registry, "--event", "tag", "--tag", "v1.0", "--stage", "push")
    assert built.states == {"Image": "passed"}, built.printed
    assert built.deployments == ["skipped", "deployed"]
    assert "v1.0" in registry.tags()


def test_a_failing_test_stops_the_push(project: Path, registry: Registry) -> None:
    test = project / "app" / "test.sh"
    test.write_text(test.read_text().replace("= 2", "= 3"))
    commit(project)
    before = registry.tags()
    built = build(project, registry, "-j", "2")
    assert built.states == {"Unit tests": "failed", "Static analysis": "passed", "Image": "canceled"}, built.printed
    assert built.code == 1
    assert registry.tags() == before
