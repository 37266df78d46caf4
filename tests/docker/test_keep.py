"""`--keep`: a job's container stays, ended; people enter it, list it, and remove it, with the commands that they are told."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.docker.running import MICRO, docker
from tests.engine import require_engine, require_image

pytestmark = pytest.mark.docker
REDIS = "travistool-test:redis"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a project; what it keeps on the engine goes at the end."""
    require_engine()
    require_image(MICRO)
    made = tmp_path / "project"
    made.mkdir()
    yield made
    call(made, "cache", "clear")


def call(folder: Path, *arguments: str) -> str:
    environ = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    ran = subprocess.run(
        [sys.executable, "-m", "travistool", *arguments], cwd=folder, env=environ, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return ran.stdout


def simulate(folder: Path, config: str, *more: str) -> str:
    (folder / ".travis.yml").write_text(config)
    how = ("--engine", "docker", "--progress", "lines", "--pull", "never", "--image", f"minimal={MICRO}")
    return call(folder, "simulate", *how, *more)


def entered(text: str, command: str) -> str:
    """Run the command that `simulate` has printed, without its terminal, and a command in that shell."""
    found = re.search(r"kept: (docker start .*)", text)
    assert found is not None, text
    shell = found[1].replace(" -it ", " -i ")
    return subprocess.run(["bash", "-c", shell], input=command, capture_output=True, text=True, check=True).stdout


def test_a_job_is_kept_entered_listed_and_removed(folder: Path) -> None:
    ran = simulate(
        folder,
        'language: minimal\nenv: [secure: "abc="]\nscript: [echo made >out, sleep 300 &, false]\n',
        *("--keep", "--secret", "1=TOKEN=a s3cret"),
    )
    name = re.findall(r"travistool-kept-[0-9a-f]+-1\.1", ran)[-1]
    state: Any = docker("inspect", name, "--format", "{{.State.Running}}").strip()
    assert state == "false", "no process is left in it"
    seen = entered(ran, "cat out; id -un; pwd; ls -A /run/travistool; ps | grep -c '[s]leep 300' || true\n")
    (made, user, where, left) = seen.split()[-4:]
    assert (made, user, left) == ("made", "travis", "0")
    assert where == "/home/travis/build/local/project"
    assert re.search(rf"^docker  kept .* {re.escape(name)}  1\.1$", call(folder, "cache", "list"), re.MULTILINE)
    simulate(folder, "language: minimal\nscript: true\n")
    assert name in call(folder, "cache", "list"), "the next run leaves it alone"
    assert f"removed {name}\n" in call(folder, "cache", "prune")
    assert call(folder, "cache", "list") == "nothing is kept\n"


def test_jobs_of_other_projects_stay(folder: Path, tmp_path: Path) -> None:
    ran = simulate(folder, "language: minimal\nscript: true\n", "--keep")
    name = re.findall(r"travistool-kept-[0-9a-f]+-1\.1", ran)[-1]
    other = tmp_path / "other"
    other.mkdir()
    assert name not in call(other, "cache", "prune") + call(other, "cache", "clear")
    assert call(folder, "cache", "clear").startswith(f"removed {name}\n")


def test_one_with_services_keeps_its_network(folder: Path) -> None:
    require_image(REDIS)
    ran = simulate(
        folder,
        "language: minimal\nservices: redis\naddons: {hosts: some.test}\nscript: false\n",
        *("--keep", "--image", f"redis={REDIS}"),
    )
    assert "some.test" in entered(ran, "cat /etc/hosts\n")
    name = re.findall(r"travistool-kept-[0-9a-f]+-1\.1", ran)[-1]
    call(folder, "cache", "prune")
    assert docker("ps", "-aq", "--filter", f"name={name}") == ""


def test_a_job_that_took_too_long_is_kept(folder: Path) -> None:
    ran = simulate(folder, "language: minimal\nscript: [echo made >out, sleep 300]\n", "--keep", "--silence", "5s")
    assert entered(ran, "cat out\n").endswith("made\n")
