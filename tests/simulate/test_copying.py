"""Copies of checkouts: small ones are cast from memory, large ones are made by `cp`; nobody can tell."""

import os
import stat
from pathlib import Path

import pytest

from travistool.errors import EngineError
from travistool.simulate import copying
from travistool.simulate.copying import copy_tree

PACK = ".git/objects/pack/pack-1.pack"


def made(folder: Path, large: bool) -> Path:
    """Make a folder with a bit of everything."""
    (folder / ".git" / "objects" / "pack").mkdir(parents=True)
    (folder / PACK).write_bytes(b"PACK")
    (folder / "empty").mkdir(mode=0o700)
    (folder / "script.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "script.sh").chmod(0o755)
    (folder / "locked").write_bytes(b"\0\xff")
    (folder / "locked").chmod(0o400)
    os.utime(folder / "locked", ns=(1, 1_000_000_001))
    (folder / "link").symlink_to("script.sh")
    (folder / "broken").symlink_to("nowhere")
    (folder / "folder").symlink_to("empty")
    for number in range(100 if large else 1):
        (folder / f"more {number}").write_text(str(number), encoding="utf-8")
    return folder


def look(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return what is in a folder, by path."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        is_file = stat.S_ISREG(seen.st_mode)
        inside = path.read_bytes() if is_file else os.readlink(path) if path.is_symlink() else b""
        found[str(path.relative_to(folder))] = (seen.st_mode, seen.st_mtime_ns if is_file else 0, inside)
    return found


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_a_copy_is_the_same(large: bool, tmp_path: Path) -> None:
    source = made(tmp_path / "source", large)
    for name in ("one", "two"):
        copy_tree(str(source), str(tmp_path / name))
        assert look(tmp_path / name) == look(source)


def test_only_packs_are_shared(tmp_path: Path) -> None:
    source = made(tmp_path / "source", large=False)
    copy_tree(str(source), str(tmp_path / "copy"))
    shared = [
        path for path in look(source) if (source / path).lstat().st_ino == (tmp_path / "copy" / path).lstat().st_ino
    ]
    assert shared == [PACK]


def test_packs_are_copied_where_disks_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    source = made(tmp_path / "source", large=False)
    copy_tree(str(source), str(tmp_path / "copy"))
    assert (tmp_path / "copy" / PACK).read_bytes() == b"PACK"


@pytest.mark.parametrize(
    ("name", "size", "small"),
    [
        pytest.param("data", 1000, True, id="small"),
        pytest.param("data", copying._SMALL + 1, False, id="too much for memory"),
    ],
)
def test_what_is_kept_in_memory(name: str, size: int, small: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    assert (copying._mold(str(tmp_path)) is not None) == small


def test_files_that_only_cp_can_copy(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    os.mkfifo(tmp_path / "source" / "pipe")
    copy_tree(str(tmp_path / "source"), str(tmp_path / "copy"))
    assert stat.S_ISFIFO((tmp_path / "copy" / "pipe").lstat().st_mode)


def test_a_target_that_is_there_is_an_error(tmp_path: Path) -> None:
    source = made(tmp_path / "source", large=False)
    with pytest.raises(EngineError, match=r"the repository cannot be copied: .*File exists"):
        copy_tree(str(source), str(tmp_path))
