"""`--shell` and `--shell-on-failure`: a shell in the container of a job, where it has ended."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docker.running import MICRO, docker
from tests.engine import require_engine, require_image

pytestmark = pytest.mark.docker


def conversation(folder: Path, config: Mapping[str, object], typed: str, *more: str) -> tuple[int, str]:
    """Run a build on a terminal, type into the shell that it opens; return the exit code and all that was shown."""
    (folder / ".travis.yml").write_text(json.dumps({"language": "minimal", **config}))
    call = [
        *(sys.executable, "-m", "travistool", "simulate", "--engine", "docker", "--progress", "lines"),
        *("--image", f"minimal={MICRO}", "--network", "none", "--pull", "never", *more),
    ]
    ours, theirs = os.openpty()
    environ = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache"), "TERM": "vt220"}
    running = subprocess.Popen(
        call, cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said, was_typed = b"", False
    with contextlib.suppress(OSError):  # what Linux says at the end
        while more_said := os.read(ours, 4096):
            said += more_said
            if not was_typed and b"[job 1.1]" in said:
                os.write(ours, typed.encode())
                was_typed = True
    os.close(ours)
    return running.wait(30), said.decode("utf-8", "replace").replace("\r", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    require_engine()
    require_image(MICRO)
    made = tmp_path / "project"
    made.mkdir()
    return made


def test_it_has_what_the_job_had(folder: Path) -> None:
    """Its variables, those with secrets, too, its folder and its user; the terminal's own kind, and no traces of ours."""
    config = {
        "env": {"global": ["ONE=1", {"secure": "CIPHER"}]},
        "script": ["export LATER='it is'", "mkdir -p 'a b'", "cd 'a b'", "exit 1"],
    }
    typed = 'echo "<$ONE $LATER ${#TOKEN} $TRAVIS_BRANCH/$TRAVIS_JOB_NUMBER ${PWD##*/} $(id -un) $TERM>"\nenv | grep -c TOOL\nexit\n'
    code, said = conversation(folder, config, typed, "--secret", "TOKEN=s3cr3t", "--shell-on-failure")
    assert code == 1
    assert "\n<1 it is 6 master/1.1 a b travis vt220>\n" in said
    assert "grep -c TOOL\n0\n" in said
    assert "-- job 1.1 failed in" in said


def test_it_opens_where_a_job_was_killed(folder: Path) -> None:
    code, said = conversation(
        folder, {"language": "minimal", "script": "kill -9 $$"}, 'echo "<${PWD##*/}>"\nexit\n', "--shell", "1.1"
    )
    assert code == 3
    assert "\n<project>\n" in said


def test_nothing_of_it_is_on_the_disk(folder: Path) -> None:
    config = {"env": {"global": [{"secure": "CIPHER"}]}, "script": ["true"]}
    typed = "df /run/travistool/state | grep -c ^tmpfs; stat -c '<%a>' /run/travistool/state\nexit\n"
    code, said = conversation(folder, config, typed, "--secret", "TOKEN=s3cr3t", "--shell", "1.1")
    assert code == 0
    assert "\n1\n<600>\n" in said
    assert docker("ps", "-q", "--filter", "label=travistool.kind=job") == ""
