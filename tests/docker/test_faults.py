"""What goes wrong with containers, for real: each fault has the ending and the words that people get, and leaves nothing."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.docker.calling import Call
from tests.docker.running import MICRO, Machine, docker, ended
from tests.engine import require_engine, require_image
from travistool.simulate.engine import Ending, Stop

pytestmark = pytest.mark.docker
ERRORED, NO_ENGINE = 3, 5
PEAK_MB = 90


def kills(machine: Machine, kind: str = "job") -> object:
    """Return a watch that kills the container of a kind once the job prints NOW."""
    done: list[str] = []

    def watch(output: bytes, stop: Stop) -> None:
        del stop
        if b"NOW" in output and not done:
            done.extend(machine.containers(kind))
            docker("kill", *done)

    return watch


def test_killed_from_outside(machine: Machine) -> None:
    ran = machine.run("echo NOW; sleep 60", watch=kills(machine))  # type: ignore[arg-type]
    assert ran.ending == Ending(None, "its container was killed from outside")


@pytest.mark.options(memory_bytes=32 << 20, images={"default": "travistool-test:bookworm"})
def test_out_of_memory(machine: Machine) -> None:
    ran = machine.run("python3 -c 'x = bytearray(200 << 20)'")
    assert ran.ending == Ending(1, "it ran out of memory; --memory gives it more")


def test_disk_full(machine: Machine) -> None:
    # The place in memory for secrets is the one that can be filled without filling the disk of this machine.
    ran = machine.run("cat /dev/zero >/run/travistool/big")
    assert ran.ending == Ending(1)
    assert "No space left on device" in ran.text


@pytest.mark.options(pids=64)
def test_a_fork_bomb_stays_in_its_limit(machine: Machine) -> None:
    ran = machine.run("bomb() { bomb & bomb; }; (bomb) 2>&1 | head -c 2000; true", watch=ended("timeout", b"fork"))
    assert "Resource temporarily unavailable" in ran.text


@pytest.mark.options(pids=64)
def test_the_limit_is_that_of_the_options(machine: Machine) -> None:
    ran = machine.run("for i in $(seq 200); do sleep 60 & done; echo MARK all", watch=ended("timeout", b"fork"))
    assert "Resource temporarily unavailable" in ran.text
    assert "\nMARK all" not in ran.text


def test_a_background_process_goes_with_the_job(machine: Machine) -> None:
    start = time.monotonic()
    ran = machine.run("setsid nohup sleep 300 & echo started", "nohup sleep 300 >/dev/null 2>&1 &")
    assert ran.ending == Ending(0)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("head -c 50000000 /dev/zero | tr '\\\\0' x", id="one line"),
        pytest.param("yes 123456789012345678901234567890123456789012345678 | head -n 1000000", id="a million lines"),
    ],
)
def test_much_output(machine: Machine, command: str) -> None:
    ran = machine.run(command)
    assert ran.ending == Ending(0)
    assert len(ran.output) > 49_000_000


def test_any_bytes(machine: Machine) -> None:
    ran = machine.run('for i in $(seq 0 255); do printf "\\\\x$(printf %x $i)"; done')
    assert bytes(range(1, 256)) in ran.output


@pytest.mark.options(images={"default": MICRO, "redis": MICRO}, ready_seconds=2)
def test_a_service_that_is_never_ready(machine: Machine) -> None:
    ran = machine.run("true", services=["redis"])
    assert ran.ending == Ending(None, "the service 'redis-server' has ended")


@pytest.mark.options(images={"default": MICRO, "redis": "travistool-test:memcached"}, ready_seconds=2)
def test_a_service_that_does_not_answer(machine: Machine) -> None:
    ran = machine.run("true", services=["redis"])
    assert ran.ending == Ending(None, "the service 'redis-server' did not answer at port 6379 within 2 s")


@pytest.mark.parametrize("phase", ["before_install", "install", "script", "after_success", "after_script"])
def test_stop_in_each_phase(machine: Machine, phase: str) -> None:
    start = time.monotonic()
    entry = "echo NOW; sleep 60"
    config: dict[str, Any] = {} if phase == "script" else {phase: [entry]}
    ran = machine.run(entry if phase == "script" else "true", watch=ended("silence", b"NOW"), **config)
    assert ran.ending.exit_code in (None, 137)
    assert time.monotonic() - start < 15


def test_a_missing_image_is_said(machine: Machine) -> None:
    machine.engine.options.images["default"] = "travistool-test:none"  # type: ignore[index]
    ran = machine.run("true")
    assert ran.ending == Ending(
        None,
        "there is no image 'travistool-test:none' here; name another one with --image KEY=IMAGE, or pull it before",
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    require_engine()
    require_image(MICRO)
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def test_limits_on_time_and_silence(project: Path) -> None:
    call = Call(project, {"script": "sleep 60"}, "--silence", "2s")
    assert call.end() == ERRORED
    assert "it printed nothing for 2 s" in call.printed
    call = Call(project, {"script": "while sleep 0.3; do echo on; done"}, "--timeout", "3s")
    assert call.end() == ERRORED
    assert "it ran longer than 3 s" in call.printed
    assert call.left() == []


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("head -c 50000000 /dev/zero | tr '\\0' x", id="one line"),
        pytest.param("yes 123456789012345678901234567890123456789012345678 | head -n 1000000", id="a million lines"),
        pytest.param("head -c 50000000 /dev/urandom", id="noise"),
    ],
)
def test_memory_does_not_grow_with_the_log(project: Path, command: str) -> None:
    # Not what the system says of resources: that begins with the memory of the process that has started this one.
    peak = "next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))"
    call = Call(
        project,
        {"script": command, "env": [{"secure": "abc="}]},
        *("--progress", "none", "--logs", "logs", "--secret", "1=TOKEN=a s3cret"),
        code=f"import atexit; atexit.register(lambda: print('PEAK', {peak} // 1024))",
    )
    assert call.end(120) == 0, call.printed
    assert (project / "logs" / "1.1.log").stat().st_size > 49_000_000
    assert int(call.printed.rpartition("PEAK ")[2]) < PEAK_MB


def test_no_engine(project: Path) -> None:
    call = Call(project, {"script": "true"}, environ={"DOCKER_HOST": "unix:///nowhere/docker.sock"})
    assert call.end() == NO_ENGINE
    assert call.printed.startswith("travistool: error: no container engine answers at unix:///nowhere/docker.sock: ")


@pytest.mark.options(images={"default": MICRO, "redis": "travistool-test:redis"})
def test_the_network_is_killed_from_outside(machine: Machine) -> None:
    ran = machine.run("echo NOW; sleep 5; echo MARK on", services=["redis"], watch=kills(machine, "holder"))  # type: ignore[arg-type]
    assert ran.ending == Ending(0), "the job itself goes on, without its services"
