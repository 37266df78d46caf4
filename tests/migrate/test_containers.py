"""Services beside a job: where localhost's ports lead, and what makes Travis's users."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from importlib.resources import files

import pytest

from tests.plan.plans import normal
from travistool.migrate.containers import Container, containers, waits
from travistool.migrate.migrate import migrate, prepare
from travistool.migrate.targets import target
from travistool.migrate.tasks import Tasks


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Yield a server on another address than localhost that answers each line in capitals, until the other side ends."""
    with socket.create_server(("127.0.0.2", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    near, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(near,), daemon=True).start()

        def answer(near: socket.socket) -> None:
            with near:
                while data := near.recv(65536):
                    near.sendall(data.upper())

        threading.Thread(target=serve, daemon=True).start()
        yield listening
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.skipif(shutil.which("perl") is None, reason="perl hands the ports on")
def test_localhost_leads_to_the_service(server: socket.socket) -> None:
    """Two connections at the same time, and more than fits into one buffer."""
    port = server.getsockname()[1]
    lines = waits((Container("127.0.0.2", "image", (str(port),), {}),), by_name=True)
    ask = f"""
import socket, time
for _ in range(100):
    try:
        one, other = [socket.create_connection(("127.0.0.1", {port})) for _ in range(2)]
        break
    except ConnectionRefusedError:
        time.sleep(0.05)
sent = b"x" * 300000
one.sendall(b"one")
other.sendall(sent)
other.shutdown(socket.SHUT_WR)
got = b"".join(iter(lambda: other.recv(65536), b""))
print(one.recv(9), got == sent.upper())
"""
    text = "\n".join((*lines, f"python3 -c '{ask}'; kill $!"))
    ran = subprocess.run(["bash", "-c", text], capture_output=True, text=True, timeout=30, check=True)
    assert ran.stdout == "b'ONE' True\n"


def _found(text: str) -> tuple[Container, ...]:
    (row,) = prepare(normal(text)).build.rows
    images = json.loads(files("travistool.migrate.data").joinpath("gitlab.json").read_text(encoding="utf-8"))["images"]
    return containers(row, images, Tasks())


@pytest.mark.parametrize(
    ("text", "image", "server"),
    [
        pytest.param("services: postgresql\ndist: bionic", "postgres:10", "postgres", id="the dist's version"),
        pytest.param("services: mysql", "mysql:5.7", "mysqld", id="mysql"),
        pytest.param("addons: {mariadb: '10.3'}", "mariadb:10.3", "mysqld", id="mariadb, old names"),
        pytest.param("addons: {mariadb: '11.4'}", "mariadb:11.4", "mariadbd", id="mariadb, new names"),
    ],
)
def test_a_server_starts_with_travis_s_users(text: str, image: str, server: str) -> None:
    (one,) = _found(text)
    assert (one.image, one.start.rpartition(" ")[2]) == (image, server)
    assert "travis" in one.start
    assert "travis" in one.health


def test_other_services_start_by_themselves() -> None:
    (one,) = _found("services: redis")
    assert (one.ports, one.start) == (("6379",), "")


@pytest.mark.parametrize(
    ("addon", "told"), [("addons: {postgresql: '9.3'}", 1), ("dist: trusty\nservices: postgresql", 0)]
)
def test_a_version_without_an_image(addon: str, told: int) -> None:
    """One that the config names is missed, one that Travis's machine merely had is not."""
    tasks = Tasks()
    (row,) = prepare(normal(f"{addon}\nscript: make")).build.rows
    (made,) = containers(row, {"postgresql": "postgres:{version}"}, tasks)
    assert made.image == "postgres:9.6"
    assert len(tasks.all()) == told


@pytest.mark.parametrize(
    ("jdk", "script", "told"),
    [
        ("openjdk11", "mvn test", []),
        ("openjdk12", "mvn test", ["the image 'openjdk:12-jdk' has no maven, which a command calls"]),
        ("openjdk12", "./mvnw test", []),
    ],
)
def test_images_without_the_build_tool_are_told(jdk: str, script: str, told: list[str]) -> None:
    gitlab = target("gitlab")
    assert gitlab is not None
    made = migrate(normal(f"language: java\njdk: {jdk}\ninstall: true\nscript: {script}\n"), gitlab)
    assert [task.reason for task in made.tasks if task.kind == "version"] == told
