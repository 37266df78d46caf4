"""What running jobs costs: against `docker run`, against gitlab-ci-local, and with much output.

    python benchmarks/simulate.py [--gitlab-ci-local COMMAND] [--write]

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
from typing import NamedTuple

IMAGE = "travistool-test:micro"
JOBS = 20
ROUNDS = 3
LINES = 300_000
PAGE = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
MARKS = ("<!-- docker: begin -->", "<!-- docker: end -->")


class Found(NamedTuple):
    """What was measured, and what is promised of it."""

    text: str
    limit: str


def main() -> None:
    """Measure, and print one line for each promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gitlab-ci-local", default="", help="how it is called; without it nothing is compared to it")
    parser.add_argument("--write", action="store_true", help="put what was found into docs/speed.md")
    options = parser.parse_args()
    peer = shlex.split(options.gitlab_ci_local)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        _project(project)
        found = [_empty_jobs(project), *_output(project)]
        if peer:
            found.append(_compare(project, peer))
    if options.write:
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        rows = ["| in containers | promised |", "| --- | --- |", *(f"| {one.text} | {one.limit} |" for one in found)]
        about = f"Medians of {ROUNDS} rounds; {os.cpu_count()} cores, load {load}."
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(MARKS[0])
        text = "\n".join([*rows, "", about])
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")


def _project(folder: Path) -> None:
    """Make a repository with the same jobs for both tools."""
    jobs = [{"name": f"job {number}", "script": "true"} for number in range(JOBS)]
    (folder / ".travis.yml").write_text(json.dumps({"language": "minimal", "jobs": {"include": jobs}}))
    lab = {f"job {number}": {"image": IMAGE, "script": ["true"]} for number in range(JOBS)}
    (folder / ".gitlab-ci.yml").write_text(json.dumps(lab))
    loud = {"language": "minimal", "script": f"yes a line of thirty characters.... | head -n {LINES}"}
    (folder / "loud.yml").write_text(json.dumps(loud))
    (folder / "louder.yml").write_text(json.dumps(loud | {"script": str(loud["script"]).replace("000", "0000")}))
    _run(["git", "init", "--quiet", "--initial-branch", "main"], folder)
    _run(["git", "add", "--all"], folder)
    _run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "x"], folder)


def _ours(parallel: int, file: str = "") -> list[str]:
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "docker", "-j", str(parallel)]
    return [*call, "--progress", "none", "--image", f"minimal={IMAGE}", *([file] if file else [])]


def _empty_jobs(project: Path) -> Found:
    bare = ["docker", "run", "--rm", IMAGE, "true"]
    alone, ours = [], []
    for _ in range(ROUNDS):
        alone.append(statistics.median(_seconds(bare, project) for _ in range(5)))
        ours.append(_seconds(_ours(1), project) / JOBS)
    extra = statistics.median(ours) - statistics.median(alone)
    told = f"docker run {statistics.median(alone):.2f} s, a job {statistics.median(ours):.2f} s"
    return _say(
        f"{JOBS} empty jobs, one by one: {extra:+.2f} s a job beyond docker run ({told})", "0.4 s", extra <= 0.4
    )


def _output(project: Path) -> tuple[Found, Found]:
    quiet = statistics.median(_seconds([*_ours(1), "--job", "1.1"], project) for _ in range(ROUNDS))
    loud = statistics.median(_seconds(_ours(1, "loud.yml"), project) for _ in range(ROUNDS))
    first = _say(f"{LINES:,} lines of output: {loud - quiet:.2f} s", "2 s", loud - quiet < 2)
    small, big = _memory(_ours(1, "loud.yml"), project), _memory(_ours(1, "louder.yml"), project)
    memory = f"memory for 10 MB of log {small} MB, for 100 MB {big} MB"
    return first, _say(memory, "does not grow", big < small + 20)


def _compare(project: Path, peer: list[str]) -> Found:
    theirs = [*peer, "--pull-policy", "if-not-present", "--concurrency", "2", "--helper-image", IMAGE]
    found = [(_seconds(_ours(2), project), _seconds(theirs, project)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(column) for column in zip(*found, strict=True))
    told = f"{JOBS} jobs, 2 side by side: {mine:.1f} s, gitlab-ci-local {other:.1f} s ({mine / other:.2f} of it)"
    return _say(told, "half of its time", mine <= 0.5 * other)


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


def _say(text: str, limit: str, holds: bool) -> Found:
    print(f"{'ok  ' if holds else 'FAIL'}  {text}", flush=True)
    return Found(text, limit)


if __name__ == "__main__":
    main()
