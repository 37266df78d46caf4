"""Ctrl-C, SIGTERM and SIGKILL wherever a run may be: nothing is left, or only what the next run removes."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.docker.calling import Call, SilentRegistry
from tests.docker.running import MICRO, docker
from tests.engine import require_engine, require_image
from travistool.cli.selecting import project

pytestmark = pytest.mark.docker
SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
MEMCACHED, REDIS, ENGINE = "travistool-test:memcached", "travistool-test:redis", "travistool-test:docker"
HANGS = "echo NOW; sleep 300"
ENDS = {signal.SIGINT: 130, signal.SIGTERM: 4}


class When(NamedTuple):
    """A config that is at a place for long, with its options; a line that begins with `text` tells so, `seconds` before."""

    config: Mapping[str, object]
    options: tuple[str, ...] = ()
    text: str = "NOW"
    seconds: float = 0.0


PLACES = {
    **{name: When({name: HANGS, "script": "true"}) for name in ("before_install", "install", "before_script")},
    "script": When({"script": HANGS}),
    "script with secrets": When({"script": HANGS, "env": [{"secure": "abc="}]}, ("--secret", "1=TOKEN=a long s3cret")),
    **{name: When({name: HANGS, "script": "true"}) for name in ("after_success", "after_script")},
    "after_failure": When({"after_failure": HANGS, "script": "false"}),
    "before_cache": When({"before_cache": HANGS, "script": "true", "cache": {"directories": ["kept"]}}),
    "cache store": When(
        {"script": "mkdir kept && truncate -s 4G kept/big", "cache": {"directories": ["kept"]}},
        text="Storing kept",
        seconds=0.5,
    ),
    "deploy": When(
        {"script": "true", "deploy": {"provider": "script", "script": HANGS, "on": {"all_branches": True}}},
        ("--deploy", "script"),
    ),
    "services": When({"script": "true", "services": ["redis"]}, ("--image", f"redis={MEMCACHED}"), "-- job 1.1", 3),
    "with services": When({"script": HANGS, "services": ["redis"]}, ("--image", f"redis={REDIS}")),
    "own engine": When(
        {"script": HANGS, "services": ["docker"]}, ("--image", f"docker={ENGINE}", "--image", f"minimal={ENGINE}")
    ),
}

TERMINATED = ("script", "cache store", "deploy", "services")
"""Where SIGTERM is tried, too: from there on it goes the same way."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give an empty project; what runs keep of it on the engine goes at the end."""
    require_engine()
    for image in (MICRO, MEMCACHED, REDIS, ENGINE):
        require_image(image)
    made = tmp_path / "project"
    made.mkdir()
    yield made
    for volume in docker("volume", "ls", "-q", "--filter", f"label=travistool.project={project(str(made))}").split():
        docker("volume", "rm", volume)


@pytest.mark.parametrize(
    ("number", "when"),
    [pytest.param(signal.SIGINT, when, id=name) for name, when in PLACES.items()]
    + [pytest.param(signal.SIGTERM, PLACES[name], id=f"{name}, SIGTERM") for name in TERMINATED],
)
def test_a_signal_leaves_nothing(folder: Path, number: signal.Signals, when: When) -> None:
    call = Call(folder, when.config, "--pull", "never", *when.options)
    call.wait_for(when.text)
    time.sleep(when.seconds)
    start = time.monotonic()
    call.send(number)
    assert call.end() == ENDS[number], call.printed
    assert time.monotonic() - start < 15
    assert call.left() == []


@SIGNALS
def test_a_signal_while_an_image_is_pulled(folder: Path, number: signal.Signals) -> None:
    with SilentRegistry() as address:
        call = Call(folder, {"script": "true"}, "--image", f"minimal={address}/image:1")
        call.wait_for("Pulling the image")
        start = time.monotonic()
        call.send(number)
        assert call.end() == ENDS[number], call.printed
        assert time.monotonic() - start < 10
    assert call.left() == []


@SIGNALS
def test_a_signal_while_the_commit_is_checked_out(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x", "--allow-empty"]):
        (folder / "file").write_text("text")
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y.z", *arguments], cwd=folder, check=True)
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(
        f'#!/bin/sh\ncase " $* " in *" checkout "*) touch {tmp_path}/now; sleep 300;; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    slow.chmod(0o755)
    call = Call(folder, {"script": "true"}, environ={"PATH": f"{slow.parent}:{os.environ['PATH']}"})
    for _ in range(200):
        if (tmp_path / "now").exists():
            break
        time.sleep(0.1)
    start = time.monotonic()
    call.send(number)
    assert call.end() == ENDS[number], call.printed
    assert time.monotonic() - start < 10
    assert call.left() == []


def test_a_second_signal_does_not_wait(folder: Path) -> None:
    call = Call(folder, {"script": HANGS, "services": ["redis"]}, "--image", f"redis={REDIS}")
    call.wait_for("NOW")
    call.send(signal.SIGINT)
    time.sleep(0.1)
    call.send(signal.SIGINT)
    assert call.end() == ENDS[signal.SIGINT], call.printed
    assert call.left() == []


def test_what_a_killed_run_leaves_goes_with_the_next_one(folder: Path) -> None:
    call = Call(folder, {"script": HANGS, "services": ["redis"]}, "--image", f"redis={REDIS}")
    call.wait_for("NOW")
    call.send(signal.SIGKILL)
    call.end()
    assert len(call.containers()) == 3
    Call(folder, {"script": "true"}).end()
    assert call.left() == []


@pytest.mark.parametrize("service", ["redis", "docker"])
def test_nothing_of_a_killed_run_outlives_its_deadline(folder: Path, service: str) -> None:
    image = REDIS if service == "redis" else ENGINE
    call = Call(
        folder,
        {"script": HANGS, "services": [service]},
        *("--timeout", "30s" if service == "docker" else "15s", "--image", f"{service}={image}"),
        code="from travistool.simulate.docker import engine; engine._SPARE_SECONDS = 0",
    )
    call.wait_for("NOW")
    call.send(signal.SIGKILL)
    call.end()
    assert len(call.containers("running")) == 3
    for _ in range(400):
        if not call.containers("running"):
            break
        time.sleep(0.1)
    assert call.containers("running") == []
    Call(folder, {"script": "true"}).end()
    assert call.left() == []
