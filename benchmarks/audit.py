"""Measure `travistool audit`: many recorded files in one call, by CPU time of all its processes.

    python benchmarks/audit.py [--rounds N] [--write]

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
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ORACLE = Path(os.environ.get("TRAVISTOOL_ORACLE", ROOT.parent / "shared" / "oracle"))
PAGE = ROOT / "docs" / "speed.md"
MARKS = ("<!-- audit: begin -->", "<!-- audit: end -->")
FILES = 1000
CALLS = (
    ("linted, planned, to GitHub", ("--to", "github")),
    ("the same, each file read back and compared for seven events", ("--to", "github", "--verify")),
    ("linted, planned, to all eight targets", ()),
)


class Run(NamedTuple):
    """CPU seconds of all processes, and the most memory that one of them had, in MB."""

    seconds: float
    memory: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _repositories(Path(folder))
        measured = {title: [_run(folder, arguments) for _ in range(options.rounds)] for title, arguments in CALLS}
    lines = [f"| travistool audit, {FILES} recorded files | CPU s | files/s of CPU | MB |", "| --- | --- | --- | --- |"]
    for title, runs in measured.items():
        seconds = statistics.median(run.seconds for run in runs)
        lines.append(f"| {title} | {seconds:.1f} | {FILES / seconds:.0f} | {max(run.memory for run in runs):.0f} |")
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    text = "\n".join(lines) + (
        f"\n\nMedians, rounds: {options.rounds}; the most memory of one process; CPython {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {load}.\n"
    )
    print(text)
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def _repositories(folder: Path) -> None:
    recordings = ORACLE / "configs.jsonl.gz"
    if not recordings.exists():
        sys.exit(f"no recordings in {ORACLE}: set TRAVISTOOL_ORACLE")
    with gzip.open(recordings, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(FILES), lines, strict=False):
            place = folder / f"{number:04}"
            place.mkdir()
            (place / ".travis.yml").write_text(json.loads(line)["yaml"], encoding="utf-8")


def _run(folder: str, arguments: tuple[str, ...]) -> Run:
    call = [sys.executable, "-m", "travistool", "audit", folder, "--quiet", "--format", "csv", *arguments]
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    # In KB, but for macOS.
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    main()
