"""Measure `travistool simulate` with the host engine: 20 trivial jobs beside a peer's shell executor, and long output.

    python benchmarks/simulate_host.py [--rounds N] [--ours COMMAND] [--peer "node path/to/gitlab-ci-local"] [--write]

The peer is gitlab-ci-local (npm; needs Node 22 or newer, and rsync); without `--peer` only we are measured. `--ours` is
the command of an installed package, which is what people have; without it this checkout is measured. All run in turn,
round after round, after a call of each that is not counted: a checkout's modules are compiled in it, those of an installed
package were when it was installed. Prints medians as Markdown; `--write` puts them into docs/speed.md.

What each does for the same repository and as many jobs side by side: we check the commit out once, and each job has a
copy of that, a home and a temporary folder of its own, one bash, and a log; all are removed. The peer copies the
repository once, runs two shells a job in the user's own folder, and keeps its logs there; with --shell-isolation it
copies the repository for each job.
"""

import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parents[1] / "docs" / "speed.md"
MARKS = ("<!-- simulate: begin -->", "<!-- simulate: end -->")
JOBS, LINES = 20, 300_000
SIMULATE = ("simulate", "--engine", "host", "--progress", "lines")


class Cost(NamedTuple):
    """What one call took; `cpu` is that of the process and of all that it waited for."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", default="", help="the command of an installed travistool")
    parser.add_argument("--peer", default="", help="the command of gitlab-ci-local")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many, long = Path(folder, "many"), Path(folder, "long")
        # All different: Travis runs equal jobs only once.
        rows = "".join(f"    - script: echo hello {number}\n" for number in range(JOBS))
        _repository(many, f"language: shell\njobs:\n  include:\n{rows}")
        _repository(long, f"language: shell\nscript: seq {LINES}\n")
        simulate = [*(shlex.split(options.ours) or [sys.executable, "-m", "travistool"]), *SIMULATE]
        calls = {"travistool": [*simulate, "-j", "2"]}
        if options.peer:
            peer = [*shlex.split(options.peer), "--force-shell-executor", "--concurrency", "2"]
            calls |= {"gitlab-ci-local": peer, "gitlab-ci-local --shell-isolation": [*peer, "--shell-isolation"]}
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        if not options.ours:
            environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        for call in calls.values():
            _cost(call, many, environ)
        _check(simulate, folder, many, environ)
        found: dict[str, list[Cost]] = {name: [] for name in (*calls, "long")}
        for _ in range(options.rounds):
            for name, call in calls.items():
                found[name].append(_cost(call, many, environ))
            found["long"].append(_cost(simulate, long, environ))
    text = _table(found, options.rounds)
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(MARKS[0])
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")


def _table(found: dict[str, list[Cost]], rounds: int) -> str:
    ours = [statistics.median(column) for column in zip(*found["travistool"], strict=True)]
    rows = ["| host engine | s | CPU s | peak MB | ours of it | of its CPU |", "| --- | --- | --- | --- | --- | --- |"]
    for name, costs in found.items():
        seconds, cpu, memory = (statistics.median(values) for values in zip(*costs, strict=True))
        what = f"{name}, {JOBS} trivial jobs, 2 side by side" if name != "long" else f"travistool, {LINES} lines"
        ratios = f"{ours[0] / seconds:.2f} | {ours[1] / cpu:.2f}" if name.startswith("gitlab") else " |"
        rows.append(f"| {what} | {seconds:.2f} | {cpu:.2f} | {memory:.0f} | {ratios} |")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    about = f"Medians of {rounds} rounds; CPython {platform.python_version()}, {os.cpu_count()} cores, load {load}."
    return "\n".join([*rows, "", about, ""])


def _repository(folder: Path, config: str) -> None:
    folder.mkdir()
    (folder / ".travis.yml").write_text(config, encoding="utf-8")
    jobs = "".join(f"job{number}:\n  script: [echo hello {number}]\n" for number in range(JOBS))
    (folder / ".gitlab-ci.yml").write_text(jobs, encoding="utf-8")
    git = ["git", "-c", "user.name=dev", "-c", "user.email=dev@example.org"]
    for call in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", "https://gitlab.com/acme/demo.git"],
        ["add", "."],
        ["commit", "-q", "-m", "Start"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
        ["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"],
    ):
        subprocess.run([*git, *call], cwd=folder, check=True)


def _check(simulate: list[str], folder: str, many: Path, environ: dict[str, str]) -> None:
    """Exit unless all jobs were run and passed: a fast run of fewer jobs is no measurement."""
    report = Path(folder, "report.json")
    subprocess.run([*simulate, "--report", f"json={report}"], cwd=many, env=environ, capture_output=True, check=True)
    states = [job["state"] for job in json.loads(report.read_text(encoding="utf-8"))["jobs"]]
    if states != ["passed"] * JOBS:
        sys.exit(f"not measured: jobs ended as {states}")


def _cost(call: list[str] | tuple[str, ...], folder: Path, environ: dict[str, str]) -> Cost:
    start = time.monotonic()
    process = subprocess.Popen(call, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(call)} exited with {process.returncode}")
    return Cost(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
