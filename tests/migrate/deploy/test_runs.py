"""Deployments, run: with clients that only write down what they are asked, and with git itself."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.migrate.providers import commands
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text

_LOGS = '#!/bin/sh\necho "${0##*/} $*" >> "$LOG"\n'
_GIT = {f"GIT_{who}_{what}": "Ann" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class Machine:
    """A folder with a repository in it, and one with programs."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.work, self.log = folder / "bin", folder / "work", folder / "log"
        self.programs.mkdir()
        self.work.mkdir()
        self.log.write_text("")
        self.env = {"PATH": f"{self.programs}:{os.environ['PATH']}", "LOG": str(self.log), **_GIT}
        self.env |= {"HOME": str(folder), "TMPDIR": str(folder)}
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("commit", "--quiet", "--allow-empty", "--message=First")

    def program(self, name: str, more: str = "") -> None:
        path = self.programs / name
        path.write_text(_LOGS + more)
        path.chmod(0o755)

    def git(self, *words: str) -> str:
        return subprocess.check_output(["git", *words], cwd=self.work, env=self.env, text=True)

    def run(self, text: str, **env: str) -> int:
        ran = subprocess.run(["bash", "-c", text], cwd=self.work, env=self.env | env, check=False)
        return ran.returncode

    def asked(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _whole(text: str) -> str:
    (row,) = prepare(normal(text)).build.rows
    return whole_text(row, Tasks())


def _deployment(text: str) -> str:
    (row,) = prepare(normal(f'script: "true"\n{text}')).build.rows
    return "\n".join(("set -e", *commands(row.deployments[0], Tasks(), row, bare=False).commands))


_TWO = """\
language: minimal
script: "true"
after_script: echo after >> $LOG
deploy:
  - {provider: rubygems, gem: tool, api_key: $KEY, on: {all_branches: true}%s}
  - {provider: script, script: echo second >> $LOG, on: {all_branches: true}}
"""


def test_a_deployment_stops_at_its_first_failure_and_the_job_with_it(machine: Machine) -> None:
    machine.program("gem", "exit 1\n")
    (machine.work / "tool.gemspec").touch()
    (machine.work / "tool-1.gem").touch()
    assert machine.run(_whole(_TWO % ""), TRAVIS_EVENT_TYPE="push") == 2
    assert machine.asked() == ["gem build tool.gemspec"]


def test_a_failure_that_is_allowed_stops_only_its_own_deployment(machine: Machine) -> None:
    machine.program("gem", "exit 1\n")
    (machine.work / "tool.gemspec").touch()
    assert machine.run(_whole(_TWO % ", allow_failure: true"), TRAVIS_EVENT_TYPE="push") == 0
    assert machine.asked() == ["gem build tool.gemspec", "second", "after"]


def test_files_that_a_release_has_are_left_alone(machine: Machine) -> None:
    machine.program("gh", 'case "$*" in *assets*) echo one.zip ;; esac\n')
    for name in ("one.zip", "two words.zip", "other.txt"):
        (machine.work / name).touch()
    text = _deployment('deploy: {provider: releases, token: $TOKEN, file: "*.zip", prerelease: true}')
    assert machine.run(text, TRAVIS_TAG="v1", TRAVIS_REPO_SLUG="a/b") == 0
    assert machine.asked() == [
        "gh release view v1 --repo a/b",
        "gh release view v1 --repo a/b --json assets --jq .assets[].name",
        "gh release upload v1 --repo a/b two words.zip",
        "gh release edit v1 --repo a/b --draft=false --prerelease",
    ]


@pytest.mark.parametrize(("keeps", "commits"), [("true", 2), ("false", 1)])
def test_pages_keep_their_history_or_not(machine: Machine, tmp_path: Path, keeps: str, commits: int) -> None:
    """What is gone from the folder is gone from the branch as well; without a change there is no commit."""
    there = tmp_path / "there.git"
    machine.git("init", "--quiet", "--bare", str(there))
    (machine.work / "site").mkdir()
    (machine.work / "site" / "old.html").touch()
    text = _deployment(f"deploy: {{provider: pages, token: $TOKEN, local_dir: site, keep_history: {keeps}}}")
    env = {
        "TRAVIS_REPO_SLUG": "a/b",
        "TOKEN": "t",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{there}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://x-access-token:t@github.com/a/b.git",
    }
    assert machine.run(text, **env) == 0
    (machine.work / "site" / "old.html").rename(machine.work / "site" / "new.html")
    assert machine.run(text, **env) == 0
    assert machine.run(text, **env) == 0
    count = machine.git(f"--git-dir={there}", "rev-list", "--count", "gh-pages")
    files = machine.git(f"--git-dir={there}", "ls-tree", "--name-only", "gh-pages")
    assert (int(count), files) == (commits, "new.html\n")


def test_what_the_job_changed_is_put_away_and_comes_back(machine: Machine) -> None:
    (machine.work / "built").write_text("x")
    text = _deployment("deploy: {provider: script, script: ls > ../seen, cleanup: true, run: echo ran >> $LOG}")
    assert machine.run(text) == 0
    assert (machine.work.parent / "seen").read_text() == ""
    assert (machine.work / "built").read_text() == "x"
    assert machine.asked() == ["ran"]


def test_files_that_a_bucket_has_are_left_alone(machine: Machine) -> None:
    machine.program("aws", "case \"$*\" in *' ls '*) echo '2020-01-01 00:00:00 5 site/two words.html' ;; esac\n")
    more = "local_dir: out, upload_dir: site, overwrite: false, dot_match: true, access_key_id: $ID"
    text = _deployment(f"deploy: {{provider: s3, bucket: box, {more}}}")
    assert machine.run(text, ID="x") == 0
    assert machine.asked() == [
        "aws s3 ls --recursive s3://box/site/",
        "aws s3 cp --recursive out s3://box/site --cache-control no-cache --exclude two words.html",
    ]
