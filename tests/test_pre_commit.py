"""The hook, as the real pre-commit runs it: from a clone of this repository, in a repository of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[1]
CLEAN = "language: python\npython: '3.12'\nscript: make test\n"


def run(*command: str, cwd: Path, code: int = 0, **environ: str) -> str:
    """Run a command, with no git settings but our own, and return what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "VIRTUAL_ENV"))}
    ours = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "test",
        "GIT_AUTHOR_EMAIL": "test@example.com",
        "GIT_COMMITTER_NAME": "test",
        "GIT_COMMITTER_EMAIL": "test@example.com",
    }
    found = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=cwd,
        env=kept | ours | environ,
    )
    assert found.returncode == code, f"{command}\n{found.stdout}"
    return found.stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the files of this work tree, committed or not, as its one commit."""
    folder = tmp_path_factory.mktemp("hooks") / "travistool"
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in listed.rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    run("git", "init", "--quiet", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message", "all", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def project(hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that uses the hook."""
    folder = tmp_path_factory.mktemp("project")
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: travistool-lint\n"
    )
    run("git", "init", "--quiet", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where pre-commit keeps the environment of the hook: installed once for all tests."""
    return str(tmp_path_factory.mktemp("home"))


def pre_commit(project: Path, home: str, files: dict[str, str], code: int) -> str:
    """Stage nothing but `files` and run the hook on them."""
    for path in project.rglob("*.y*ml"):
        if path.name != ".pre-commit-config.yaml":
            path.unlink()
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    run("git", "add", "--all", cwd=project)
    command = (sys.executable, "-m", "pre_commit", "run", "--color", "never", "--all-files")
    return run(*command, cwd=project, code=code, PRE_COMMIT_HOME=home)


def test_a_clean_file_passes(project: Path, home: str) -> None:
    out = pre_commit(project, home, {".travis.yml": CLEAN}, 0)
    assert out.splitlines()[-1].startswith("travistool lint....")
    assert out.endswith("Passed\n")


def test_a_working_file_with_old_keys_passes(project: Path, home: str) -> None:
    out = pre_commit(project, home, {".travis.yml": f"sudo: false\n{CLEAN}"}, 0)
    assert out.endswith("Passed\n")


@pytest.mark.parametrize("name", [".travis.yml", ".travis.yaml"])
def test_a_bad_file_fails(name: str, project: Path, home: str) -> None:
    out = pre_commit(project, home, {name: "language: pythn\n"}, 1)
    assert "- hook id: travistool-lint\n- exit code: 1\n" in out
    assert f"\n{name}:1:11: warning: unknown value 'pythn', Travis reads it as 'python' [find-value]\n" in out


@pytest.mark.parametrize("name", ["other.yml", "sub/.travis.yml", ".travis.yml.txt.yml"])
def test_other_files_are_left_alone(name: str, project: Path, home: str) -> None:
    out = pre_commit(project, home, {name: "language: pythn\n"}, 0)
    assert out.endswith("(no files to check)Skipped\n")
