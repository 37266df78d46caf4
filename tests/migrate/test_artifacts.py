"""The addon `artifacts`, run with a client that writes down what it is asked."""

import subprocess
from pathlib import Path

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text

_CONFIG = """\
language: minimal
script: mkdir -p 'a b' && touch 'a b/one' x.log y.log && cd / && cd - && %s
addons:
  artifacts:
    paths: ["a b", "missing", '$(ls *.log | tr "\\n" ":")']
    bucket: box
    permissions: public-read
    target_paths: [/$TRAVIS_BUILD_NUMBER, last]
"""


def _asked(command: str, folder: Path, **env: str) -> tuple[int, list[str]]:
    (row,) = prepare(normal(_CONFIG % command)).build.rows
    (folder / "bin").mkdir()
    (folder / "bin" / "aws").write_text('#!/bin/sh\necho "$*" >> "$LOG"\n')
    (folder / "bin" / "aws").chmod(0o755)
    (folder / "work").mkdir()
    log = folder / "log"
    log.touch()
    known = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "LOG": str(log), "TRAVIS_BUILD_NUMBER": "7"}
    text = whole_text(row, Tasks())
    ran = subprocess.run(["bash", "-c", text], cwd=folder / "work", env=known | env, check=False)
    return ran.returncode, log.read_text().splitlines()


@pytest.mark.parametrize(("command", "status"), [("true", 0), ("false", 1)], ids=["passed", "failed"])
def test_all_that_is_there_goes_to_all_targets(command: str, status: int, tmp_path: Path) -> None:
    flags = "--acl public-read --cache-control private"
    assert _asked(command, tmp_path, ARTIFACTS_KEY="k") == (
        status,
        [
            f"s3 cp --recursive {flags} a b s3://box/7/a b",
            f"s3 cp --recursive {flags} a b s3://box/last/a b",
            f"s3 cp {flags} x.log s3://box/7/x.log",
            f"s3 cp {flags} x.log s3://box/last/x.log",
            f"s3 cp {flags} y.log s3://box/7/y.log",
            f"s3 cp {flags} y.log s3://box/last/y.log",
        ],
    )


def test_nothing_goes_anywhere_without_a_key(tmp_path: Path) -> None:
    assert _asked("true", tmp_path) == (0, [])
