"""Folders of dead runs go, with what these left running; those of living ones stay."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ends
from travistool.simulate import scratch

KILLED = """
import os, subprocess, signal
from travistool.simulate import scratch
folder = scratch.make()
subprocess.Popen(["sleep", "54321"], env={"TRAVISTOOL_JOB": folder + "/job-1", "PATH": os.environ["PATH"]}, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))


@pytest.mark.processes
def test_what_a_killed_run_left_is_removed() -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    folder = killed.stdout.strip()
    assert os.path.isdir(folder)
    assert scratch.sweep() == 1
    assert not os.path.exists(folder)
    assert ends("^sleep 54321")


def test_what_a_living_run_has_stays() -> None:
    folder = scratch.make()
    assert scratch.sweep() == 0
    assert os.stat(folder).st_mode & 0o777 == 0o700
    scratch.remove(folder)
    assert not os.path.exists(folder)


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "travistool-run-x").mkdir()
    assert scratch.sweep() == 0
    assert (tmp_path / "travistool-run-x").exists()


def test_locked_folders_and_links_are_removed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o400)
    folder = Path(scratch.make())
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "link").symlink_to(outside)
    (folder / "a").chmod(0o500)
    scratch.remove(str(folder))
    assert not folder.exists()
    assert outside.stat().st_mode & 0o777 == 0o400
