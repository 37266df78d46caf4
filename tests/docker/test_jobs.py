"""What a job in a container gets, and what it must not get."""

import json
from pathlib import Path

import pytest

from tests.docker.running import BUILD, RUN, Machine, docker, ended
from travistool.simulate.docker import archive
from travistool.simulate.engine import Ending

pytestmark = pytest.mark.docker
SECRET = "a s3cret 'value'"
WITH_SECRET = BUILD._replace(secrets={"abc=": f'TOKEN="{SECRET}"'})
FULL = "travistool-test:bookworm"


def test_a_job_passes(machine: Machine, tmp_path: Path) -> None:
    script = ("echo MARK one", "echo MARK two >&2", 'echo "MARK $PWD $(id -un)"', "cat && echo MARK end")
    ran = machine.run(*script, source=str(tmp_path))
    assert ran.ending == Ending(0)
    marks = [line for line in ran.text.splitlines() if line.startswith("MARK")]
    assert marks == ["MARK one", "MARK two", "MARK /home/travis/build/acme/widget travis", "MARK end"]


@pytest.mark.parametrize(("command", "code"), [("exit 1", 1), ("exit 7", 7), ("false", 1), ("kill -9 $$", 137)])
def test_exit_codes(machine: Machine, command: str, code: int) -> None:
    assert machine.run(command).ending == Ending(code)


def test_the_repository_is_the_jobs_own(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "run me").write_text("#!/bin/bash\necho MARK ran\n")
    (tmp_path / "sub" / "run me").chmod(0o755)
    (tmp_path / "link").symlink_to("sub/run me")
    ran = machine.run("./link", "echo x >>'sub/run me'", "touch new", source=str(tmp_path))
    assert ran.ending == Ending(0)
    assert "MARK ran" in ran.text
    assert not (tmp_path / "new").exists()


@pytest.mark.options(images={"default": FULL})
def test_archives_go_on_behind_their_end(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where GNU's tar stops to read; on a busy machine, a few bytes do what these many do always."""
    monkeypatch.setattr(archive, "_END", bytes(400_000))
    assert [machine.run("true").ending for _ in range(3)] == [Ending(0)] * 3


def test_big_repositories_come_another_way(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(20 << 20))
    ran = machine.run('echo "MARK $(wc -c <big) $(id -un) $(stat -c %U big)"', source=str(tmp_path))
    assert "MARK 20971520 travis travis" in ran.text


def test_secrets_are_nowhere_but_in_memory(machine: Machine) -> None:
    found: list[str] = []

    def watch(output: bytes, stop: object) -> None:
        del stop
        if b"NOW" in output and not found:
            job = machine.containers("job")[0]
            found.append(docker("inspect", job))

    ran = machine.run(
        'test -n "$TOKEN" && echo MARK $TOKEN; echo NOW; sleep 1; ls -A /run/travistool',
        watch=watch,
        build=WITH_SECRET,
        env=[{"secure": "abc="}],
    )
    assert ran.ending == Ending(0)
    assert f"MARK {SECRET}" in ran.text
    assert json.loads(found[0])
    assert "s3cret" not in found[0]


def test_a_job_has_few_rights(machine: Machine) -> None:
    found: list[str] = []

    def watch(output: bytes, stop: object) -> None:
        del stop
        if b"NOW" in output and not found:
            found.append(docker("inspect", machine.containers("job")[0]))

    machine.run("echo NOW; sleep 1", watch=watch)
    host = json.loads(found[0])[0]["HostConfig"]
    assert not host["Privileged"]
    assert host["CapDrop"] == ["ALL"]
    assert "SYS_ADMIN" not in host["CapAdd"]
    assert not host["Binds"]
    assert host["AutoRemove"]
    assert host["PidsLimit"] == 4096
    assert host["LogConfig"]["Type"] == "none"


@pytest.mark.options(images={"default": FULL}, network="bridge")
def test_sudo_and_apt_work(machine: Machine) -> None:
    ran = machine.run("sudo id -u", "sudo apt-get update -qq && sudo apt-get install -y -qq hello", "hello")
    assert ran.ending == Ending(0), ran.text
    assert "Hello, world!" in ran.text


@pytest.mark.options(images={"default": FULL}, network="bridge")
def test_packages_of_the_config(machine: Machine) -> None:
    ran = machine.run("hello", addons={"apt": {"packages": ["hello"]}})
    assert ran.ending == Ending(0), ran.text


def test_hosts_are_names_of_this_machine(machine: Machine) -> None:
    ran = machine.run("cat /etc/hosts; hostname", addons={"hosts": ["one.test", "two.test"], "hostname": "three"})
    assert "127.0.0.1\tone.test" in ran.text
    assert "127.0.0.1\ttwo.test" in ran.text
    assert "\nthree\n" in ran.text


def test_a_cache_is_there_for_the_next_job(machine: Machine) -> None:
    command = 'mkdir -p ~/kept && echo x >>~/kept/file && echo "MARK $(wc -l <~/kept/file)"'
    try:
        for expected in ("MARK 1", "MARK 2"):
            assert expected in machine.run(command, cache_key=RUN, cache={"directories": ["$HOME/kept"]}).text
    finally:
        docker("volume", "rm", f"travistool-cache-none-{RUN}")


def test_stop_ends_a_job_at_once(machine: Machine) -> None:
    ran = machine.run("echo NOW; trap '' TERM; sleep 100", watch=ended("canceled", b"NOW"))
    assert ran.ending.exit_code in (None, 137)
