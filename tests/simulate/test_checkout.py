"""A checkout that is begun before it is known to be wanted: taken as it is, or given up."""

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_git import git
from tests.processes import ends
from tests.simulate.test_tree import ask
from travistool.plan.model import Event
from travistool.simulate import scratch
from travistool.simulate.checkout import Early, Wanted, check_out
from travistool.simulate.script.facts import Build
from travistool.simulate.tree import Origin, Trees


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, which has nothing in it in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert os.listdir(folder) == []


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "file").write_text("as committed")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "start")
    return folder


@pytest.fixture
def wanted(repository: Path) -> Wanted:
    return Wanted(str(repository), ask(repository, "rev-parse", "HEAD"), "main")


def begun(wanted: Wanted) -> Early:
    early = Early(wanted)
    early.begin()
    return early


def made(wanted: Wanted) -> Early:
    """Return one that is ready, with a mark on it."""
    early = begun(wanted)
    assert early._thread is not None
    early._thread.join()
    Path(early._target, "mark").touch()
    return early


def trees(wanted: Wanted, early: Early, **event: str) -> Trees:
    build = Build(event=Event(**{"branch": "main", **event}), repo="acme/demo")  # type: ignore[arg-type]
    return Trees(Origin(wanted.folder, wanted.commit), build, early)


def test_what_a_push_wants_was_begun(wanted: Wanted) -> None:
    early = made(wanted)
    found = trees(wanted, early)
    folder = Path(found.folder({}))
    assert (folder / "mark").exists()
    assert (folder / "file").read_text() == "as committed"
    assert ask(folder, "remote", "get-url", "origin") == "https://github.com/acme/demo.git"
    found.close()


@pytest.mark.parametrize(
    ("event", "options"),
    [
        pytest.param({"branch": "other"}, {}, id="another branch"),
        pytest.param({"tag": "v1"}, {}, id="a tag"),
        pytest.param({"type": "pull_request"}, {}, id="a pull request"),
        pytest.param({}, {"depth": 3}, id="another depth"),
    ],
)
def test_another_checkout_is_made_anew(wanted: Wanted, event: dict[str, str], options: dict[str, object]) -> None:
    early = made(wanted)
    found = trees(wanted, early, **event)
    folder = Path(found.folder(options))
    assert not (folder / "mark").exists()
    assert not Path(early._folder).exists()
    branch = event.get("tag") or event.get("branch", "main")
    assert ask(folder, "rev-parse", f"refs/remotes/origin/{branch}") == wanted.commit
    found.close()


def test_what_fails_early_is_tried_again(wanted: Wanted, tmp_path: Path) -> None:
    nothing = wanted._replace(commit="0" * 40)
    early = begun(nothing)
    assert not early.take(nothing, str(tmp_path / "tree"))
    assert not (tmp_path / "tree").exists()
    early.close()


def test_what_cannot_even_begin_is_made_later(wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "make", fail)
    assert not begun(wanted).take(wanted, str(tmp_path / "tree"))


def fail() -> str:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_it_is_taken_once(wanted: Wanted, tmp_path: Path) -> None:
    early = begun(wanted)
    assert early.take(wanted, str(tmp_path / "one"))
    assert not early.take(wanted, str(tmp_path / "two"))
    early.close()


def test_giving_up_does_not_wait_for_git(wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor for what git has started."""
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\ntouch {tmp_path}/asleep\nsleep 1234\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    early = begun(wanted)
    while not (tmp_path / "asleep").exists():
        time.sleep(0.01)
    early.close()
    assert ends("^sleep 1234")


def test_the_usual_way_makes_the_same(wanted: Wanted, tmp_path: Path) -> None:
    check_out(wanted, str(tmp_path / "one"))
    assert begun(wanted).take(wanted, str(tmp_path / "two"))
    one, two = ({str(path.relative_to(top)) for path in top.rglob("*")} for top in (tmp_path / "one", tmp_path / "two"))
    assert {name for name in one if "/pack/" not in name} == {name for name in two if "/pack/" not in name}
