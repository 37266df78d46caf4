"""Calling the command line: in this process, with what it read, printed and returned."""

import gc
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.simulated import HOST
from tests.cli.test_git import git
from travistool.cli.main import main


class Ran(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str


Call = Callable[..., Ran]
Build = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to be in, with an environment that asks for nothing special."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "TERM", "_TRAVISTOOL_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    # A call leaves all frozen, and some leave it off, as the process ends.
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def travistool(folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """Return a function that calls the command line as a shell does, in `folder`."""
    assert folder.is_dir()

    def call(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["travistool", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main()
        except SystemExit as leave:  # as completion ends
            code = int(leave.code or 0)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode("utf-8", "surrogateescape"), err.decode())

    return call


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository without commits, to be copied."""
    folder = tmp_path_factory.mktemp("fresh")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", "https://github.com/acme/demo.git")
    return folder


@pytest.fixture
def build(
    folder: Path,
    fresh: Path,
    travistool: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Build:
    """Return a function that commits a config and simulates it with the host engine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    shutil.copytree(fresh, folder, dirs_exist_ok=True)

    def run(config: str, *arguments: str) -> Ran:
        (folder / ".travis.yml").write_text(config)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", "Update")
        return travistool("simulate", *HOST, *arguments)

    return run
