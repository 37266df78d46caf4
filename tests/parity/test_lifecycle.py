"""Recorded jobs, run again from our scripts: order, exit, state, folds and log have to be the same.

As recorded: Debian 12, user travis, no network, `sudo` and other programs replaced by stubs, script deploys on.
"""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.engine import BASE, build_image, require_engine
from tests.parity.compare import Tally
from tests.parity.lifecycle import compare, job_of, seen
from tests.parity.oracle import folder, rows
from travistool.simulate.docker.engine import DockerEngine
from travistool.simulate.docker.options import DockerOptions
from travistool.simulate.engine import Order, Stop
from travistool.simulate.follow import Marks

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
_MARKS = "4b1d"


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


@pytest.fixture(scope="module")
def engine(image: str) -> Iterator[DockerEngine]:
    engine = DockerEngine(DockerOptions(images={"default": image}, network="none", pull="never"))
    yield engine
    engine.close()


def test_lifecycle(engine: DockerEngine, commits: dict[str, str]) -> None:
    tally = Tally("lifecycle")
    with ThreadPoolExecutor(_THREADS) as pool:
        found = pool.map(lambda row: (row, _run(row, engine, commits)), rows("lifecycle_vectors.jsonl.gz"))
        for row, (ours, theirs) in found:
            tally.add(row["name"], "", ours, theirs)
    tally.check()


def _run(row: dict[str, Any], engine: DockerEngine, commits: dict[str, str]) -> tuple[list[Any], list[Any]]:
    job, build, script = job_of(row, commits)
    # The image that all recorded jobs had, whatever their language; their services were stubs.
    plain = job._replace(config={"language": "generic", "os": "linux"})
    order = Order(job=plain, build=build, script=script, run="lifecycle", marks=_MARKS, timeout_seconds=_SECONDS)
    output: list[bytes] = []
    marks = Marks(_MARKS, output.append, lambda _: None)
    ending = engine.run(order, marks.feed, Stop())
    marks.flush()
    return compare(row, seen(ending.exit_code, b"".join(output), script))
