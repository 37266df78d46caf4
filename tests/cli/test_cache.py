"""What `travistool cache` does with the folders of the host engine; volumes are in tests/docker."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from travistool.cli.selecting import project
from travistool.simulate.scratch import make

# The SDK does not close a socket that it cannot connect.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _own_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")


def kept(folder: Path, name: str) -> Path:
    found = folder / "travistool" / "caches" / name
    (found / "key").mkdir(parents=True)
    (found / "key" / "a.tar").write_bytes(bytes(2000))
    return found


def test_list_and_clear_one_project(folder: Path, travistool: Call) -> None:
    mine, other = kept(folder, project(str(folder))), kept(folder, "other")
    assert travistool("cache", "list").out == f"host    cache        2 kB  {mine}\n"
    assert travistool("cache", "clear").out == f"cleared {mine}\n"
    assert not mine.exists()
    assert other.exists()
    assert travistool("cache", "clear", "--all").code == 0
    assert not other.exists()
    assert travistool("cache", "list", "--all").out == "nothing is kept\n"


def test_projects_are_named_where_there_are_several(folder: Path, travistool: Call) -> None:
    """Those that keep nothing are left out."""
    (folder / "here").mkdir()
    (folder / "here" / ".travis.yml").write_text("language: shell\nscript: 'true'\n")
    assert travistool("simulate", "here/.travis.yml", "--engine", "host").code == 0
    assert travistool("cache", "list", "--all").out == "nothing is kept\n"
    mine, other = kept(folder, project(str(folder / "here"))), kept(folder, "other")
    assert sorted(travistool("cache", "list", "--all").out.splitlines()) == sorted(
        [f"host    cache        2 kB  {mine}  of {folder / 'here'}", f"host    cache        2 kB  {other}"]
    )


def test_prune_needs_no_engine(
    travistool: Call, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(temporary))
    dead, alive = make(), make()
    (Path(dead) / "owner").write_text("999999999 1")
    ran = travistool("cache", "prune")
    assert (ran.code, ran.out) == (0, "removed 1 left behind by dead runs\n")
    assert ran.err.startswith("note: no container engine answers at unix:///nowhere/docker.sock: ")
    assert [str(path) for path in temporary.iterdir()] == [alive]


def test_an_unknown_action(travistool: Call) -> None:
    ran = travistool("cache", "eat")
    assert ran.code == 2
    assert "cache takes one of list, clear, prune, not 'eat'" in ran.err
