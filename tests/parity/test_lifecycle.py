"""Recorded jobs, run again from our scripts: order, exit, state, folds and log have to be the same.

As recorded: Debian 12, user travis, no network, `sudo` and other programs replaced by stubs, script deploys on.
"""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.engine import BASE, build_image, require_engine
from tests.parity.compare import Tally
from tests.parity.lifecycle import compare, script_of, seen
from tests.parity.oracle import folder, rows

pytestmark = [pytest.mark.parity, pytest.mark.docker]

_LOGS = '#!/bin/bash\necho "$0 $*" >>/tmp/stubs.log\nexit {}\n'
_STUBS = {
    "sudo": _LOGS.format(0),
    "systemctl": _LOGS.format(0),
    "curl": _LOGS.format(7),
    "wget": _LOGS.format(7),
    "lsb_release": '#!/bin/bash\ncase "$1" in -sc) echo xenial ;; -is) echo Ubuntu ;; -rs) echo 16.04 ;; esac\n',
    "gem": '#!/bin/bash\necho "gem-stub $*"\n',
}
_DOCKERFILE = f"""
FROM {BASE}
USER root
COPY stubs/ /usr/local/bin/
COPY fixture/ /fixture/
RUN chmod 755 /usr/local/bin/* \\
  && git config --system url.file:///fixture/.insteadOf https://github.com/ \\
  && git config --system protocol.file.allow always \\
  && git config --system --add safe.directory '*'
USER travis
"""
_THREADS = 2
_SECONDS = 120


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> str:
    require_engine()
    place = tmp_path_factory.mktemp("image")
    (place / "stubs").mkdir()
    for name, text in _STUBS.items():
        (place / "stubs" / name).write_text(text)
    (place / "fixture").mkdir()
    subprocess.run(
        ["bash", str(folder() / "lifecycle_fixture.sh"), str(place / "fixture")], check=True, capture_output=True
    )
    (place / "Dockerfile").write_text(_DOCKERFILE)
    return build_image("travistool-test:lifecycle", place)


@pytest.fixture(scope="module")
def commits(image: str) -> dict[str, str]:
    """Return the commits of the fixture repository, by full and by short name of the ref."""
    call = ["docker", "run", "--rm", image, "git", "-C", "/fixture/acme/widget.git", "for-each-ref"]
    told = subprocess.run(
        [*call, "--format=%(objectname) %(refname)"], check=True, capture_output=True, text=True
    ).stdout
    pairs = [line.split() for line in told.splitlines()]
    names = {ref: sha for sha, ref in pairs}
    return names | {ref.removeprefix("refs/heads/").removeprefix("refs/tags/"): sha for sha, ref in pairs}


def test_lifecycle(image: str, commits: dict[str, str], tmp_path: Path) -> None:
    tally = Tally("lifecycle")

    def run(pair: tuple[int, dict[str, Any]]) -> tuple[dict[str, Any], tuple[list[Any], list[Any]]]:
        number, row = pair
        return row, _run(row, image, commits, tmp_path / str(number))

    with ThreadPoolExecutor(_THREADS) as pool:
        for row, (ours, theirs) in pool.map(run, enumerate(rows("lifecycle_vectors.jsonl.gz"))):
            tally.add(row["name"], "", ours, theirs)
    tally.check()


def _run(row: dict[str, Any], image: str, commits: dict[str, str], place: Path) -> tuple[list[Any], list[Any]]:
    script = script_of(row, commits)
    place.mkdir()
    place.chmod(0o755)
    (place / "job.sh").write_text(script.text)
    (place / "secrets").write_text(script.secrets)
    terminal = ["--tty"] if script.needs_terminal else []
    call = ["docker", "run", "--rm", "--init", "--network", "none", "--volume", f"{place}:/job:ro", *terminal]
    found = subprocess.run(
        [*call, "--env", "TRAVISTOOL_SECRETS=/job/secrets", image, "bash", "/job/job.sh"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_SECONDS,
        check=False,
    )
    return compare(row, seen(found.returncode, found.stdout, script))
