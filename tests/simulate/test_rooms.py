"""Rooms of jobs: one that was left as it was is the next job's, any other goes."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plan.plans import plan
from travistool.simulate.engine import Order
from travistool.simulate.rooms import Room, Rooms
from travistool.simulate.script.compile import Script
from travistool.simulate.script.facts import Build


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "sub" / "file").write_text("one", encoding="utf-8")
    (source / "link").symlink_to("sub")
    pack = source / ".git" / "objects" / "pack" / "pack-1.pack"
    pack.parent.mkdir(parents=True)
    pack.write_bytes(b"PACK")
    return source


@pytest.fixture(name="rooms")
def _rooms(tmp_path: Path) -> Iterator[Rooms]:
    (tmp_path / "run").mkdir()
    rooms = Rooms(str(tmp_path / "run"))
    yield rooms
    rooms.close()


def order(source: Path, *, text: str = "echo the first of all\n", secrets: str = "", keep: bool = False) -> Order:
    """Return the order of a job that nobody runs."""
    made = plan("script: a", branch="master", repo="acme/widget")
    build = Build(event=made.event, repo="acme/widget")
    script = Script(text=text, secrets=secrets)
    return Order(made.jobs[0], build, script, "r", source=str(source), place="acme/widget", keep=keep)


def _replaced(path: Path) -> None:
    """Put other bytes of the same size in a file, and its times back."""
    seen = path.stat()
    path.write_bytes(b"x" * seen.st_size)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _relinked(path: Path) -> None:
    """Have a link lead elsewhere."""
    path.unlink()
    path.symlink_to("sup")


def test_a_room_that_was_left_as_it_was_is_the_next_jobs(source: Path, rooms: Rooms) -> None:
    first = rooms.enter(order(source, secrets="a=b\n"))
    assert Path(first.build, "sub", "file").read_text(encoding="utf-8") == "one"
    assert Path(first.secrets).read_text(encoding="utf-8") == "a=b\n"
    inode = os.stat(first.home).st_ino
    rooms.leave(first)
    second = rooms.enter(order(source, text="echo again\n"))
    assert os.stat(second.home).st_ino == inode
    assert not os.path.exists(first.path), "who knew the old name must not find it"
    assert sorted(os.listdir(second.path)) == ["home", "job.sh", "tmp"]
    assert Path(second.script).read_text(encoding="utf-8") == "echo again\n"
    third = rooms.enter(order(source))
    assert third.path != second.path, "a room is for one job at a time"


TOUCHED: dict[str, Callable[[Room], object]] = {
    "a new file": lambda room: Path(room.build, "new").touch(),
    "a new folder": lambda room: os.mkdir(os.path.join(room.home, ".cache")),
    "a temporary file": lambda room: Path(room.temporary, "x").touch(),
    "a file beside the home": lambda room: Path(room.path, "x").touch(),
    "other bytes": lambda room: _replaced(Path(room.build, "sub", "file")),
    "another mode": lambda room: os.chmod(os.path.join(room.build, "sub", "file"), 0o600),
    "another mode of a folder": lambda room: os.chmod(room.temporary, 0o700),
    "a file is gone": lambda room: os.unlink(os.path.join(room.build, "sub", "file")),
    "a folder is gone": lambda room: shutil.rmtree(room.temporary),
    "another link": lambda room: _relinked(Path(room.build, "link")),
    "a shared file is gone": lambda room: os.unlink(os.path.join(room.build, ".git", "objects", "pack", "pack-1.pack")),
    "the script is gone": lambda room: os.unlink(room.script),
    "the script is shared": lambda room: os.link(room.script, os.path.join(os.path.dirname(room.path), "x")),
    "the script may be read": lambda room: os.chmod(room.script, 0o644),
    "the script leads elsewhere": lambda room: _relinked(Path(room.script)),
    "all is gone": lambda room: shutil.rmtree(room.path),
}


@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_a_room_that_was_touched_goes(source: Path, rooms: Rooms, touch: Callable[[Room], object]) -> None:
    first = rooms.enter(order(source))
    touch(first)
    rooms.leave(first)
    second = rooms.enter(order(source))
    assert Path(second.build, "sub", "file").read_text(encoding="utf-8") == "one"
    assert sorted(os.listdir(second.path)) == ["home", "job.sh", "tmp"]
    assert os.listdir(second.home) == ["build"]
    rooms.close()
    assert not os.path.exists(first.path)


def test_rooms_are_of_one_checkout(source: Path, rooms: Rooms, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    rooms.leave(rooms.enter(order(source)))
    assert os.listdir(rooms.enter(order(other)).build) == []


def test_a_room_that_is_kept_stays_without_its_secrets(source: Path, rooms: Rooms) -> None:
    room = rooms.enter(order(source, secrets="a=b\n", keep=True))
    try:
        rooms.leave(room)
        assert sorted(os.listdir(room.path)) == ["home", "job.sh", "tmp"]
        assert rooms.enter(order(source)).path != room.path
    finally:
        shutil.rmtree(room.path)
