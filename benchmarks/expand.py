"""Measure `travistool expand`: a matrix of 200 jobs, and many recorded files in one call, by CPU time.

    python benchmarks/expand.py [--rounds N] [--write]

Needs the recordings (TRAVISTOOL_ORACLE). Measures the travistool that this Python imports. Prints medians as Markdown;
`--write` puts them into docs/speed.md.
"""

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from travistool.pipeline import read
from travistool.plan.expand import expand
from travistool.plan.model import Event
from travistool.source import Source

ROOT = Path(__file__).resolve().parents[1]
ORACLE = Path(os.environ.get("TRAVISTOOL_ORACLE", ROOT.parent / "shared" / "oracle"))
PAGE = ROOT / "docs" / "speed.md"
MARKS = ("<!-- expand: begin -->", "<!-- expand: end -->")
FILES = 1000
EVENT = ("--repo", "acme/demo", "--branch", "master", "--sender", "dev", "--message", "Update")
MATRIX = (
    "language: python\nos: [linux, osx]\n"
    f"python: [{', '.join(repr(f'3.{number}') for number in range(10))}]\nscript: [a, b, c]\n"
    f"env: {{global: [G=1], jobs: [{', '.join(f'A={number}' for number in range(10))}]}}\n"
    "deploy: {provider: pypi, on: {tags: true}}\n"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    options = parser.parse_args()
    whole, planned = _matrix(max(20, options.rounds))
    many = _many(options.rounds)
    text = (
        "| travistool expand | CPU |\n| --- | --- |\n"
        f"| a matrix of 200 jobs, once the config is read | {planned * 1000:.1f} ms |\n"
        f"| the same, reading included | {whole * 1000:.1f} ms |\n"
        f"| {FILES} recorded files to jsonl, one call | {many:.2f} s: {FILES / many:.0f} files/s of CPU |\n"
        f"\nMedians; CPython {platform.python_version()}, {os.cpu_count()} cores.\n"
    )
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def _matrix(rounds: int) -> tuple[float, float]:
    """Return the CPU seconds from text to plan, and from the config as Travis has it to plan."""
    whole, planned = [], []
    for _ in range(rounds):
        start = time.process_time()
        normal = read(Source(".travis.yml", MATRIX)).normal
        between = time.process_time()
        if normal is None or len(expand(normal, Event()).jobs) != 200:
            sys.exit("the matrix is not what it should be")
        end = time.process_time()
        whole.append(end - start)
        planned.append(end - between)
    return statistics.median(whole), statistics.median(planned)


def _many(rounds: int) -> float:
    """Return the CPU seconds (user and system) of one call for many files."""
    recordings = ORACLE / "configs.jsonl.gz"
    if not recordings.exists():
        sys.exit(f"no recordings in {ORACLE}: set TRAVISTOOL_ORACLE")
    with tempfile.TemporaryDirectory() as folder:
        names = []
        with gzip.open(recordings, "rt", encoding="utf-8") as lines:
            for number, line in zip(range(FILES), lines, strict=False):
                path = Path(folder) / f"{number:04}.yml"
                path.write_text(json.loads(line)["yaml"], encoding="utf-8")
                names.append(str(path))
        call = [sys.executable, "-m", "travistool", "expand", "--format", "jsonl", *EVENT, *names]
        found = []
        for _ in range(rounds):
            process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
            found.append(usage.ru_utime + usage.ru_stime)
        return statistics.median(found)


if __name__ == "__main__":
    main()
