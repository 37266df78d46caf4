"""Workspaces, run: what one job leaves another one finds, wherever the first one went, whether it passed or failed."""

import subprocess
from pathlib import Path

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text

_CONFIG = """\
language: minimal
stages: [build, test]
jobs:
  include:
    - stage: build
      script:
        - mkdir -p out && echo made > out/file && ln -s file out/link && mkdir -p ~/tool && touch ~/tool/x && cd out
        - %s
      workspaces:
        create: {name: built, paths: [out, $HOME/tool]}
    - stage: test
      script: cat out/link && test -e ~/tool/x
      workspaces:
        use: [built, missing]
"""


@pytest.mark.parametrize(("command", "status"), [("true", 0), ("false", 1)], ids=["passed", "failed"])
def test_a_later_job_finds_the_files(command: str, status: int, tmp_path: Path) -> None:
    first, second = [whole_text(row, Tasks()) for row in prepare(normal(_CONFIG % command)).build.rows]
    (tmp_path / "one").mkdir()
    ran = subprocess.run(["bash", "-c", first], cwd=tmp_path / "one", env=_env(tmp_path), check=False)
    assert ran.returncode == status
    (tmp_path / "two" / ".workspace").mkdir(parents=True)
    (tmp_path / "one" / ".workspace" / "built.tgz").rename(tmp_path / "two" / ".workspace" / "built.tgz")
    (tmp_path / "tool" / "x").unlink()
    ran = subprocess.run(["bash", "-c", second], cwd=tmp_path / "two", env=_env(tmp_path), check=False)
    assert ran.returncode == 0
    assert (tmp_path / "two" / "out" / "link").is_symlink()


def _env(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
