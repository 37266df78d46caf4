"""Folders of dead runs go, with what these left running; those of living ones stay."""

import os
import subprocess
import sys
import threading
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


@pytest.mark.parametrize("again", range(5))
def test_a_folder_that_vanishes_leaves_its_parent_as_it_is(tmp_path: Path, again: int) -> None:
    """Whoever else removes it may be quicker."""
    del again
    folder = Path(scratch.make())
    tmp_path.chmod(0o755)
    for number in range(300):
        (folder / str(number)).touch()
    others = [threading.Thread(target=scratch.remove, args=(str(folder),)) for _ in range(4)]
    for one in others:
        one.start()
    for one in others:
        one.join()
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert not folder.exists()


def test_very_deep_folders_are_removed() -> None:
    folder = scratch.make()
    dig = "import os\nfor _ in range(1200):\n    os.mkdir('deep')\n    os.chdir('deep')\n"
    subprocess.run([sys.executable, "-c", dig], cwd=folder, check=True)
    scratch.remove(folder)
    assert not os.path.exists(folder)


def test_another_place_where_the_usual_one_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "_parent", lambda: str(tmp_path / "gone"))
    folder = scratch.make()
    assert os.path.isdir(folder)
    scratch.remove(folder)


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
