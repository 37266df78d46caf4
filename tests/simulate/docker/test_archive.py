import io
import tarfile
from pathlib import Path

from travistool.simulate.docker.archive import Archive, Item, Owner, parents, read_file, small, tree


def members(data: bytes) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {one.name: one for one in tar}


def test_files_and_a_tree_are_one_archive(tmp_path: Path) -> None:
    (tmp_path / "source" / "sub").mkdir(parents=True)
    (tmp_path / "source" / "sub" / "a b").write_text("text")
    (tmp_path / "source" / "link").symlink_to("../outside")
    with open(tmp_path / "tree.tar", "wb") as file:
        tree(str(tmp_path / "source"), "/home/x/build/o/r", Owner(7, 8), file)
    first = small((Item("/home/x"), Item("/home/x/run.sh", b"true")), Owner(7, 8))
    found = members(b"".join(Archive(first, str(tmp_path / "tree.tar")).pieces()))
    assert list(found) == [
        "home/x",
        "home/x/run.sh",
        "home/x/build/o/r",
        "home/x/build/o/r/link",
        "home/x/build/o/r/sub",
        "home/x/build/o/r/sub/a b",
    ]
    assert {(one.uid, one.gid, one.uname) for one in found.values()} == {(7, 8, "")}
    assert found["home/x/build/o/r/link"].linkname == "../outside"


def test_without_a_tree_the_archive_ends() -> None:
    found = members(b"".join(Archive(small((Item("a", link="/b"),), Owner(0, 0))).pieces()))
    assert found["a"].issym()


def test_parents_are_those_below_a_folder() -> None:
    assert [one.path for one in parents("/home/x/build/o", "/home/x")] == ["/home/x/build", "/home/x/build/o"]
    assert parents("/home/x", "/home/x") == ()


def test_a_file_comes_out_of_an_archive() -> None:
    data = b"".join(Archive(small((Item("etc"), Item("etc/passwd", b"root:x:0:0")), Owner(0, 0))).pieces())
    assert read_file(iter([data[:700], data[700:]])) == b"root:x:0:0"
