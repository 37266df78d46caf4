"""What git says about a folder, and that nothing of it breaks the tool."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from travistool.cli.git import Repositories, Repository, slug_of


def git(folder: Path, *arguments: str) -> None:
    options = ["-c", "user.name=Secret Person", "-c", "user.email=person@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one commit on the branch `dev`."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=dev")
    (folder / ".travis.yml").write_text("script: a\n")
    (folder / "lib").mkdir()
    (folder / "lib" / "a.yml").write_text("script: committed\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The subject\n\nThe body")
    return folder


def test_facts(checkout: Path) -> None:
    git(checkout, "remote", "add", "origin", "git@github.com:acme/demo.git")
    git(checkout, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    git(checkout, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    git(checkout, "tag", "v1")
    found = Repository(str(checkout))
    assert (found.branch, found.tag, found.slug, found.default_branch) == ("dev", "v1", "acme/demo", "trunk")
    assert found.message == "The subject\n\nThe body"


def test_what_no_commit_has(checkout: Path) -> None:
    """Programs that the repository's settings name are not run for that."""
    assert Repository(str(checkout)).uncommitted == ()
    (checkout / ".gitattributes").write_text("* filter=evil\n")
    git(checkout, "config", "filter.evil.clean", "touch ran; cat")
    git(checkout, "config", "filter.evil.required", "true")
    (checkout / ".travis.yml").write_text("script: b\n")
    (checkout / "new").mkdir()
    (checkout / "new" / "file").write_text("")
    assert Repository(str(checkout)).uncommitted == (".travis.yml", ".gitattributes", "new/")
    assert not (checkout / "ran").exists()
    git(checkout, "config", "--unset", "filter.evil.clean")


def test_messages_of_commits(checkout: Path) -> None:
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Second")
    found = Repository(str(checkout))
    assert [found.message_of(name) for name in ("HEAD~1", "nothing", "--output=x")] == [
        "The subject\n\nThe body",
        None,
        None,
    ]


def test_the_commit_and_its_parent(checkout: Path) -> None:
    first = Repository(str(checkout))
    assert first.commit is not None
    assert first.parent(first.commit) is None
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Second")
    second = Repository(str(checkout))
    assert second.commit is not None
    assert second.parent(second.commit) == second.resolve("HEAD^") == first.commit
    assert second.parent(first.commit) is None


def test_facts_take_one_call(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    run = subprocess.run

    def count(call: list[str], **more: Any) -> Any:
        calls.append(call)
        return run(call, **more)

    monkeypatch.setattr(subprocess, "run", count)
    found = Repository(str(checkout))
    assert all((found.branch, found.commit, found.message))
    assert (found.tag, found.parent(found.commit or "")) == (None, None)
    assert len(calls) == 1


@pytest.mark.parametrize("setting", ["log.excludeDecoration=refs/*", "log.decorate=no", "log.showSignature=true"])
def test_settings_hide_nothing(setting: str, checkout: Path) -> None:
    git(checkout, "tag", "-a", "v1", "-m", "annotated")
    git(checkout, "config", *setting.split("="))
    found = Repository(str(checkout))
    assert (found.branch, found.tag, found.message) == ("dev", "v1", "The subject\n\nThe body")


def test_nothing_known(checkout: Path) -> None:
    found = Repository(str(checkout))
    assert (found.tag, found.slug, found.default_branch) == (None, None, None)


@pytest.mark.parametrize("name", ["main", "master"])
def test_default_branch_without_a_remote(checkout: Path, name: str) -> None:
    git(checkout, "branch", name)
    assert Repository(str(checkout)).default_branch == name


def test_main_and_master_tell_nothing(checkout: Path) -> None:
    git(checkout, "branch", "main")
    git(checkout, "branch", "master")
    assert Repository(str(checkout)).default_branch is None


def test_several_tags_tell_nothing(checkout: Path) -> None:
    git(checkout, "tag", "v1")
    git(checkout, "tag", "v2")
    assert Repository(str(checkout)).tag is None


def test_detached_head(checkout: Path) -> None:
    git(checkout, "checkout", "--quiet", "--detach")
    found = Repository(str(checkout))
    assert found.branch is None
    assert found.message is not None


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=new")
    found = Repository(str(tmp_path))
    assert (found.branch, found.message, found.tag) == ("new", None, None)


def test_broken_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("nonsense")
    found = Repositories().around(str(tmp_path))
    assert found is not None
    assert (found.branch, found.message, found.slug, found.default_branch) == (None, None, None, None)


def test_no_git(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = Repository(str(checkout))
    assert (found.branch, found.message, found.file("HEAD", "lib/a.yml")) == (None, None, None)


def test_the_repository_around_a_folder(checkout: Path, tmp_path: Path) -> None:
    repositories = Repositories()
    found = repositories.around(str(checkout / "lib"))
    assert found is not None
    assert found.folder == str(checkout)
    assert repositories.around(str(checkout)) is found
    assert repositories.around(str(tmp_path)) is not found


def test_a_hook_s_variables_do_not_lead_away(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert Repository(str(checkout)).branch == "dev"


def test_files_of_a_ref(checkout: Path) -> None:
    (checkout / "lib" / "a.yml").write_text("script: changed\n")
    git(checkout, "update-ref", "refs/remotes/origin/other", "HEAD")
    found = Repository(str(checkout))
    assert found.file("dev", "lib/a.yml") == b"script: committed\n"
    assert found.file("other", "lib/a.yml") == b"script: committed\n"
    assert found.file("dev", "lib/b.yml") is None
    assert found.file("gone", "lib/a.yml") is None
    assert found.file("--batch", "lib/a.yml") is None


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://github.com/acme/demo.git", "acme/demo"),
        ("https://user:token@github.com/acme/demo", "acme/demo"),
        ("git@github.com:acme/demo.git", "acme/demo"),
        ("ssh://git@example.org:22/acme/demo/", "acme/demo"),
        ("https://example.org/group/acme/demo.git", "acme/demo"),
        ("/srv/git/demo.git", None),
        ("../demo", None),
        ("file:///srv/git/demo.git", None),
        ("C:\\git\\demo", None),
        ("host:demo.git", None),
        ("https://example.org", None),
        ("", None),
    ],
)
def test_slug(address: str, slug: str | None) -> None:
    assert slug_of(address) == slug
