"""Ways to an engine elsewhere: TLS, by address and by context; SSH, by the client of this machine."""

import os
import shutil
import socket
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
CONFIG = {
    "env": {"global": [{"secure": "CIPHER"}]},
    "script": ["cat; echo MARK ${#TOKEN}", "head -c 3000000 /dev/zero | tr '\\0' x | wc -c", "test -f .travis.yml"],
}
OURS = ("--pull", "never", "--secret", "TOKEN=s3cr3t")


class Tls(NamedTuple):
    """An engine that wants certificates, and the folder of them."""

    address: str
    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        return {"DOCKER_HOST": self.address, "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(self.folder)}


def sh(folder: Path, text: str) -> None:
    subprocess.run(["bash", "-ec", text], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tls]:
    """Give an engine whose authority nobody knows, and that knows nobody but us."""
    require_engine()
    for image in (MICRO, ENGINE):
        require_image(image)
    folder = tmp_path_factory.mktemp("tls")
    sh(
        folder,
        "key() { openssl req -newkey rsa:2048 -nodes -subj /CN=$1 -keyout $1-key.pem -out $1.csr; }\n"
        "signed() { openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -out $1.pem"
        ' -extfile <(echo "$2"); }\n'
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -keyout ca-key.pem -out ca.pem\n"
        "key server; signed server subjectAltName=IP:127.0.0.1\n"
        "key client; signed client extendedKeyUsage=clientAuth\n"
        "cp client.pem cert.pem; cp client-key.pem key.pem",
    )
    text = START.replace("{socket}", "/run/own.sock").replace("{group}", "0")
    files = " ".join(
        f"--tls{kind}=/tls/{name}.pem" for kind, name in (("cacert", "ca"), ("cert", "server"), ("key", "server-key"))
    )
    rights = ("SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE")
    container = docker(
        *("run", "--detach", "--rm", "--init", "--user", "0", "--tmpfs", "/var/lib/docker:size=160m"),
        *(f"--cap-add={one}" for one in rights),
        *("--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined", "--entrypoint", "sh"),
        *("--volume", f"{folder}:/tls:ro", "--publish", "127.0.0.1::2376"),
        *(ENGINE, "-c", text.replace("{options}", f"--host=tcp://0.0.0.0:2376 --tlsverify {files}")),
    ).strip()
    try:
        port = docker("port", container, "2376").strip().rpartition(":")[2]
        made = Tls(f"tcp://127.0.0.1:{port}", folder)
        environ = {**os.environ, **made.environ}
        for _ in range(300):
            if subprocess.run(["docker", "info"], env=environ, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)
        with subprocess.Popen(["docker", "save", MICRO], stdout=subprocess.PIPE) as saved:
            subprocess.run(["docker", "load"], env=environ, stdin=saved.stdout, check=True, capture_output=True)
        yield made
    finally:
        docker("rm", "--force", "--volumes", container)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    require_engine()
    made = tmp_path / "project"
    made.mkdir()
    return made


def passes(call: Call) -> None:
    """A job has run, with all that goes over a connection: files, secrets, and what it prints."""
    assert call.end() == 0, call.printed
    assert "\nMARK 6\n" in call.printed
    assert "\n3000000\n" in call.printed
    assert call.left() == []


def test_tls_by_address(tls: Tls, folder: Path, tmp_path: Path) -> None:
    """The engine's own authority counts, whatever the environment names for the web."""
    shutil.copy(tls.folder / "server.pem", tmp_path / "other.pem")
    passes(Call(folder, CONFIG, *OURS, environ={**tls.environ, "REQUESTS_CA_BUNDLE": str(tmp_path / "other.pem")}))


def test_tls_by_context(tls: Tls, folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "docker"
    settings.mkdir()
    (settings / "config.json").write_text("{}")
    files = ",".join(f"{name}={tls.folder / name}.pem" for name in ("ca", "cert", "key"))
    docker("--config", str(settings), "context", "create", "there", "--docker", f"host={tls.address},{files}")
    passes(Call(folder, CONFIG, *OURS, environ={"DOCKER_CONFIG": str(settings), "DOCKER_CONTEXT": "there"}))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        pytest.param({"DOCKER_TLS_VERIFY": ""}, "if the engine wants TLS: DOCKER_TLS_VERIFY=1", id="no TLS"),
        pytest.param(
            {"DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/nowhere"},
            "there is no cert.pem and key.pem in '/nowhere', which TLS needs",
            id="no certificates",
        ),
        pytest.param(
            {"DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/others"},
            "CERTIFICATE_VERIFY_FAILED",
            id="another authority",
        ),
    ],
)
def test_no_tls(tls: Tls, folder: Path, tmp_path: Path, environ: dict[str, str], told: str) -> None:
    others = tmp_path / "others"
    shutil.copytree(tls.folder, others)
    sh(others, "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -keyout x.pem -out ca.pem")
    given = {name: value.replace("/others", str(others)) for name, value in environ.items()}
    call = Call(folder, CONFIG, *OURS, environ={"DOCKER_HOST": tls.address, **given})
    assert call.end() == 5, call.printed
    assert told in call.printed


def test_a_context_that_is_not_there(folder: Path) -> None:
    """The SDK would take the default one."""
    call = Call(folder, CONFIG, *OURS, environ={"DOCKER_CONTEXT": "nowhere"})
    assert call.end() == 5, call.printed
    assert "travistool: error: there is no docker context 'nowhere'\n" in call.printed


class Ssh(NamedTuple):
    """A server for SSH on this machine, as 'there' in settings that only the client in `programs` reads."""

    programs: Path

    @property
    def environ(self) -> dict[str, str]:
        return {"PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    require_engine()
    require_image(MICRO)
    server = shutil.which("sshd", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if server is None or shutil.which("ssh") is None:
        pytest.skip("there is no sshd: .ci/testbed all installs one")
    folder = tmp_path_factory.mktemp("ssh")
    sh(folder, "for one in host user; do ssh-keygen -q -t ed25519 -N '' -f $one; done; cp user.pub keys")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "server").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/keys\n"
        "PidFile none\nUsePAM no\nPasswordAuthentication no\nStrictModes no\nPermitRootLogin yes\n"
    )
    (folder / "client").write_text(
        f"Host there\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/user\n  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {folder}/known\n  StrictHostKeyChecking accept-new\n"
    )
    if os.geteuid() == 0:
        # Only then does it want this folder.
        os.makedirs("/run/sshd", exist_ok=True)
    programs = folder / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder}/client "$@"\n')
    (programs / "ssh").chmod(0o755)
    running = subprocess.Popen([server, "-D", "-e", "-f", str(folder / "server")], stderr=subprocess.DEVNULL)
    try:
        yield Ssh(programs)
    finally:
        running.terminate()
        running.wait()


@pytest.mark.parametrize("address", ["ssh://there", "ssh://there/var/run/docker.sock"])
def test_ssh(ssh: Ssh, folder: Path, address: str) -> None:
    passes(Call(folder, CONFIG, *OURS, environ={**ssh.environ, "DOCKER_HOST": address}))


@pytest.mark.parametrize(
    ("address", "told", "hint"),
    [
        pytest.param("ssh://nobody@there", "Permission denied", "'ssh nobody@there docker version'", id="another user"),
        pytest.param("ssh://there:1", "Connection refused", "'ssh -p 1 there docker version'", id="another port"),
        pytest.param("ssh://there/nowhere", "open failed", "'ssh there docker --host unix:///nowhere version'", id="no engine"),
        pytest.param("ssh://", "names no host", "ssh://USER@HOST:PORT is the form", id="no host"),
    ],
)  # fmt: skip
def test_no_way_over_ssh(ssh: Ssh, folder: Path, address: str, told: str, hint: str) -> None:
    call = Call(folder, CONFIG, *OURS, environ={**ssh.environ, "DOCKER_HOST": address})
    assert call.end() == 5, call.printed
    assert told in call.printed
    assert hint in call.printed
    assert call.left() == []
