"""What running jobs costs: against `docker run`, against gitlab-ci-local, and with much output.

    python benchmarks/simulate.py [--gitlab-ci-local COMMAND]

It needs an engine with the image travistool-test:micro (`.ci/testbed all`). All that is compared runs by turns, so that
a busy machine is as busy for the one as for the other.
"""

import argparse
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

IMAGE = "travistool-test:micro"
JOBS = 20
ROUNDS = 3
LINES = 300_000


def main() -> None:
    """Measure, and print one line for each promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gitlab-ci-local", default="", help="how it is called; without it nothing is compared to it")
    peer = shlex.split(parser.parse_args().gitlab_ci_local)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        _project(project)
        _empty_jobs(project)
        _output(project)
        if peer:
            _compare(project, peer, "docker")
            _compare(project, peer, "host")


def _project(folder: Path) -> None:
    """Make a repository with the same jobs for both tools."""
    jobs = [{"name": f"job {number}", "script": "true"} for number in range(JOBS)]
    (folder / ".travis.yml").write_text(json.dumps({"language": "minimal", "jobs": {"include": jobs}}))
    lab = {f"job {number}": {"image": IMAGE, "script": ["true"]} for number in range(JOBS)}
    (folder / ".gitlab-ci.yml").write_text(json.dumps(lab))
    (folder / "shell.yml").write_text(json.dumps({name: {"script": ["true"]} for name in lab}))
    loud = {"language": "minimal", "script": f"yes a line of thirty characters.... | head -n {LINES}"}
    (folder / "loud.yml").write_text(json.dumps(loud))
    (folder / "louder.yml").write_text(json.dumps(loud | {"script": str(loud["script"]).replace("000", "0000")}))
    _run(["git", "init", "--quiet", "--initial-branch", "main"], folder)
    _run(["git", "add", "--all"], folder)
    _run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "x"], folder)


def _ours(engine: str, parallel: int, file: str = "") -> list[str]:
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", engine, "-j", str(parallel)]
    return [*call, "--progress", "none", "--image", f"minimal={IMAGE}", *([file] if file else [])]


def _empty_jobs(project: Path) -> None:
    bare = ["docker", "run", "--rm", IMAGE, "true"]
    alone, ours = [], []
    for _ in range(ROUNDS):
        alone.append(statistics.median(_seconds(bare, project) for _ in range(5)))
        ours.append(_seconds(_ours("docker", 1), project) / JOBS)
    extra = statistics.median(ours) - statistics.median(alone)
    told = f"docker run {statistics.median(alone):.2f} s, a job {statistics.median(ours):.2f} s"
    _say(f"{JOBS} empty jobs, -j 1: {extra:+.2f} s a job beyond docker run ({told})", extra <= 0.4)


def _output(project: Path) -> None:
    quiet = statistics.median(_seconds([*_ours("docker", 1), "--job", "1.1"], project) for _ in range(ROUNDS))
    loud = statistics.median(_seconds(_ours("docker", 1, "loud.yml"), project) for _ in range(ROUNDS))
    _say(f"{LINES:,} lines of output: {loud - quiet:.2f} s", loud - quiet < 2)
    small, big = _memory(_ours("docker", 1, "loud.yml"), project), _memory(_ours("docker", 1, "louder.yml"), project)
    _say(f"memory for 10 MB of log {small} MB, for 100 MB {big} MB", big < small + 20)


def _compare(project: Path, peer: list[str], engine: str) -> None:
    lab = [*peer, "--pull-policy", "if-not-present", "--concurrency", "2", "--helper-image", IMAGE]
    theirs = lab if engine == "docker" else [*lab, "--file", "shell.yml"]
    ours = _ours(engine, 2)
    found = [(_seconds(ours, project), _seconds(theirs, project)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(column) for column in zip(*found, strict=True))
    limit = 0.5 if engine == "docker" else 0.25
    _say(f"{JOBS} jobs, -j 2, {engine}: {mine:.1f} s, gitlab-ci-local {other:.1f} s", mine <= limit * other)


def _seconds(call: Sequence[str], folder: Path) -> float:
    start = time.monotonic()
    _run(call, folder)
    return time.monotonic() - start


def _memory(call: Sequence[str], folder: Path) -> int:
    """Return the most memory that a call has used, in MB; in a process of its own, which has no other children."""
    if not os.fork():
        _run(call, folder)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        os._exit(min(255, most // 1024))
    return os.waitstatus_to_exitcode(os.wait()[1])


def _run(call: Sequence[str], folder: Path) -> None:
    ran = subprocess.run(call, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{shlex.join(call)}\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")


def _say(text: str, holds: bool) -> None:
    print(f"{'ok  ' if holds else 'FAIL'}  {text}", flush=True)


if __name__ == "__main__":
    main()
