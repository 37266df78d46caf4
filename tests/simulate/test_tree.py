"""Checkouts: the commit, as deep as asked for, detached, with submodules; the user's folder stays as it is."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_git import git
from travistool.errors import EngineError
from travistool.plan.model import Event
from travistool.simulate.script.facts import Build
from travistool.simulate.tree import Origin, Trees, make_tree


def ask(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def four_commits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with four commits, to be copied."""
    folder = tmp_path_factory.mktemp("commits")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for number in range(4):
        (folder / "file").write_text(str(number))
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", f"commit {number}")
    return folder


@pytest.fixture
def repository(four_commits: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(four_commits, tmp_path / "repository"))


def made(
    repository: Path, target: Path, *, dirty: bool = False, tag: str | None = None, **options: Any
) -> tuple[str, ...]:
    commit = ask(repository, "rev-parse", "HEAD")
    event = Event(branch=tag or "main", tag=tag, repo="acme/demo")
    return make_tree(Origin(str(repository), commit, dirty), Build(event=event, repo="acme/demo"), options, str(target))


@pytest.mark.parametrize(
    ("options", "commits"),
    [
        pytest.param({}, 4, id="50 by default"),
        pytest.param({"depth": 2}, 2, id="as deep as asked for"),
        pytest.param({"depth": False}, 4, id="all"),
    ],
)
def test_depth(repository: Path, tmp_path: Path, options: dict[str, Any], commits: int) -> None:
    made(repository, tmp_path / "tree", **options)
    assert ask(tmp_path / "tree", "rev-list", "--count", "HEAD") == str(commits)


def test_the_head_is_detached_and_the_remote_is_travis_s(repository: Path, tmp_path: Path) -> None:
    git(repository, "remote", "add", "origin", "https://user:token@example.com/acme/demo.git")
    made(repository, tmp_path / "tree")
    tree = tmp_path / "tree"
    assert ask(tree, "rev-parse", "--abbrev-ref", "HEAD") == "HEAD"
    assert ask(tree, "rev-parse", "main", "origin/main") == "\n".join([ask(repository, "rev-parse", "HEAD")] * 2)
    assert ask(tree, "config", "remote.origin.url") == "https://github.com/acme/demo.git"
    assert "token" not in (tree / ".git" / "config").read_text()
    assert ask(tree, "status", "--porcelain") == ""


def test_a_tag(repository: Path, tmp_path: Path) -> None:
    git(repository, "tag", "v1")
    made(repository, tmp_path / "tree", tag="v1")
    assert ask(tmp_path / "tree", "describe", "--tags", "--exact-match") == "v1"


def test_a_commit_that_no_branch_points_to(repository: Path, tmp_path: Path) -> None:
    commit = ask(repository, "rev-parse", "HEAD~1")
    build = Build(event=Event(branch="main"), repo="acme/demo")
    make_tree(Origin(str(repository), commit), build, {}, str(tmp_path / "tree"))
    assert (tmp_path / "tree" / "file").read_text() == "2"


def test_a_missing_commit(repository: Path, tmp_path: Path) -> None:
    build = Build(event=Event(branch="main"), repo="acme/demo")
    with pytest.raises(EngineError, match="cannot be checked out"):
        make_tree(Origin(str(repository), "0" * 40), build, {}, str(tmp_path / "tree"))


@pytest.fixture
def submodule(repository: Path, tmp_path: Path) -> Path:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet")
    (inner / "part").write_text("x")
    git(inner, "add", ".")
    git(inner, "commit", "--quiet", "-m", "inner")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "sub")
    git(repository, "config", "-f", ".gitmodules", "submodule.sub.url", "https://unreachable.example/inner.git")
    git(repository, "commit", "--quiet", "-am", "submodule")
    return repository


def test_submodules_come_from_here(submodule: Path, tmp_path: Path) -> None:
    assert made(submodule, tmp_path / "tree") == ()
    assert (tmp_path / "tree" / "sub" / "part").read_text() == "x"


def test_submodules_that_are_not_wanted(submodule: Path, tmp_path: Path) -> None:
    made(submodule, tmp_path / "tree", submodules=False)
    assert not (tmp_path / "tree" / "sub" / "part").exists()


def test_submodules_that_are_not_here_are_told(submodule: Path, tmp_path: Path) -> None:
    git(submodule, "submodule", "--quiet", "deinit", "-f", "sub")
    (note,) = made(submodule, tmp_path / "tree")
    assert note.startswith("the submodule 'sub' is not checked out here")


def test_hooks_of_the_repository_do_not_run(repository: Path, tmp_path: Path) -> None:
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    git(repository, "config", "core.hooksPath", str(hook.parent))
    made(repository, tmp_path / "tree")
    assert not (tmp_path / "ran").exists()


def test_a_link_in_the_commit_does_not_lead_out(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository / "folder").symlink_to(outside)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "link")
    (repository / "folder").unlink()
    (repository / "folder").mkdir()
    (repository / "folder" / "new").write_text("x")
    made(repository, tmp_path / "tree", dirty=True)
    assert list(outside.iterdir()) == []
    assert (tmp_path / "tree" / "folder" / "new").read_text() == "x"


def test_the_working_tree_is_as_it_is(repository: Path, tmp_path: Path) -> None:
    """Whatever of it is staged."""
    (repository / "folder").mkdir()
    for name in ("removed", "renamed", "deleted", "folder/only", "ignored"):
        (repository / name).write_text(name)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "more")
    git(repository, "rm", "--quiet", "removed", "folder/only")
    git(repository, "mv", "renamed", "other")
    git(repository, "rm", "--quiet", "--cached", "ignored")
    (repository / ".gitignore").write_text("ignored\n")
    (repository / "deleted").unlink()
    (repository / "staged").write_text("")
    git(repository, "add", "staged")
    made(repository, tmp_path / "tree", dirty=True)
    assert sorted(os.listdir(tmp_path / "tree")) == [".git", ".gitignore", "file", "other", "staged"]


def test_the_working_tree_of_submodules(submodule: Path, tmp_path: Path) -> None:
    (inner,) = [path.parent for path in submodule.glob("*/.git")]
    (inner / "new").write_text("new")
    made(submodule, tmp_path / "tree", dirty=True)
    assert (tmp_path / "tree" / inner.name / "new").read_text() == "new"
    made(submodule, tmp_path / "without", dirty=True, submodules=False)
    assert os.listdir(tmp_path / "without" / inner.name) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [({}, True), ({"dirty": True}, False), ({"lfs_skip_smudge": True}, False), ({"lfs_skip_smudge": False}, True)],
)
def test_pointers_of_lfs_are_told(repository: Path, tmp_path: Path, options: dict[str, Any], told: bool) -> None:
    assert made(repository, tmp_path / "before") == ()
    (repository / ".gitattributes").write_text("*.bin filter=lfs diff=lfs merge=lfs -text\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "big files")
    notes = made(repository, tmp_path / "tree", **options)
    assert bool(notes) == told


def test_jobs_that_want_the_same_share_a_checkout(repository: Path) -> None:
    commit = ask(repository, "rev-parse", "HEAD")
    trees = Trees(Origin(str(repository), commit), Build(event=Event(branch="main"), repo="acme/demo"))
    try:
        assert trees.folder({}) == trees.folder({"quiet": True})
        assert trees.folder({}) != trees.folder({"depth": 1})
        assert trees.folder({"clone": False}) == ""
    finally:
        trees.close()
    assert not Path(trees.folder({"clone": False}) or trees._folder).exists()


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "a").write_text("1")
    (folder / "b").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    assert make_tree(Origin(str(folder)), Build(event=Event(), repo="acme/demo"), {}, str(tmp_path / "copy")) == ()
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["a", "b"]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be copied"):
        make_tree(Origin(str(tmp_path / "gone")), Build(event=Event(), repo="acme/demo"), {}, str(tmp_path / "copy"))
