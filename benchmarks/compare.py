"""Compare the start-up and the throughput of `travistool lint` with peers, in one run, by CPU time.

    python benchmarks/compare.py [--rounds N] [--write]

Builds a wheel, installs it and the peers (from the package index) into an environment of its own with compiled
bytecode, and runs all commands in turn, round after round, so that a noisy machine hits all alike. Prints medians and
ratios as Markdown; `--write` puts them into docs/speed.md.
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
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ORACLE = Path(os.environ.get("TRAVISTOOL_ORACLE", ROOT.parent / "shared" / "oracle"))
FILES = 1000
TYPICAL = 5
PAGE = ROOT / "docs" / "speed.md"
MARKS = ("<!-- measured: begin -->", "<!-- measured: end -->")


class Command(NamedTuple):
    """`arguments` follow the environment's bin folder; `{file}` is another file each round. `files` is how many one run
    checks.
    """

    name: str
    arguments: Sequence[str]
    files: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/speed.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bin_folder = _environment(work)
        files = _corpus(work / "files")
        one = "{file}"
        single = [
            Command("python -c pass", ["python", "-c", "pass"], 1),
            Command("travistool lint", ["travistool", "lint", one], 1),
            Command("travistool lint --profile service", ["travistool", "lint", "--profile", "service", one], 1),
            Command("yamllint", ["yamllint", "-d", "default", one], 1),
            Command("check-jsonschema", ["check-jsonschema", "--builtin-schema", "vendor.travis", one], 1),
        ]
        names = [str(file) for file in files]
        many = [
            Command("travistool lint", ["travistool", "lint", "--jobs", "1", "--quiet", *names], len(files)),
            Command(
                "travistool lint, 2 processes", ["travistool", "lint", "--jobs", "2", "--quiet", *names], len(files)
            ),
            *[
                Command(
                    f"travistool lint --profile {profile}",
                    ["travistool", "lint", "--jobs", "1", "--quiet", "--profile", profile, *names],
                    len(files),
                )
                for profile in ("service", "pedantic")
            ],
            Command("yamllint", ["yamllint", "-d", "default", *names], len(files)),
            Command("check-jsonschema", ["check-jsonschema", "--builtin-schema", "vendor.travis", *names], len(files)),
        ]
        text = _table_one(_measure(single, bin_folder, options.rounds, files[:TYPICAL]))
        text += "\n" + _table_many(_measure(many, bin_folder, max(3, options.rounds // 3), files[:1]))
        text += f"\nMedians of {options.rounds} rounds (start-up) and {max(3, options.rounds // 3)} (many files); "
        text += f"CPython {platform.python_version()}, {os.cpu_count()} cores; the wheel, with compiled bytecode.\n"
    print(text)
    if options.write:
        _write(text)


def _environment(work: Path) -> Path:
    """Return the bin folder of a new environment that holds the wheel and the peers."""
    venv.create(work / "venv", with_pip=True)
    bin_folder = work / "venv" / "bin"
    pip = [str(bin_folder / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(work), str(ROOT)], check=True)
    wheel = next(work.glob("*.whl"))
    # --compile is pip's default; said aloud since it is what we measure.
    subprocess.run([*pip, "install", "--compile", f"travistool[bench] @ {wheel.as_uri()}"], check=True)
    return bin_folder


def _corpus(folder: Path) -> list[Path]:
    """Write recorded configs as files; the first are typical: about 60 lines, without findings."""
    folder.mkdir()
    found: list[tuple[str, int]] = []
    recordings = ORACLE / "configs.jsonl.gz"
    if not recordings.exists():
        sys.exit(f"no recordings in {ORACLE}: set TRAVISTOOL_ORACLE")
    with gzip.open(recordings, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            loud = sum(message[2] != "default" for message in row["msgs"])
            found.append((row["yaml"], loud))
            if len(found) == 2 * FILES:
                break
    typical = [text for text, loud in found if not loud and 50 <= text.count("\n") <= 70][:TYPICAL]
    texts = [*typical, *(text for text, _ in found if text not in typical)][:FILES]
    files = []
    for number, text in enumerate(texts):
        file = folder / f"{number:04}.yml"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


class Measured(NamedTuple):
    """CPU seconds (user and system, children included) of each counted run."""

    command: Command
    seconds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def _measure(commands: Sequence[Command], bin_folder: Path, rounds: int, files: Sequence[Path]) -> list[Measured]:
    """Run all commands in turn, once to warm up and `rounds` times to count, each round with the next of the files."""
    measured = [Measured(command, []) for command in commands]
    for number in range(rounds + 1):
        file = str(files[number % len(files)])
        for entry in measured:
            tool, *rest = (argument.replace("{file}", file) for argument in entry.command.arguments)
            seconds = _cpu_seconds([str(bin_folder / tool), *rest])
            if number:
                entry.seconds.append(seconds)
    return measured


def _cpu_seconds(arguments: list[str]) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(arguments, stdout=nothing, stderr=nothing, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def _table_one(measured: list[Measured]) -> str:
    bare, ours = measured[0].median, measured[1].median
    lines = [
        "| one clean file, whole process | CPU ms | of a bare Python | of travistool |",
        "| --- | --- | --- | --- |",
    ]
    for entry in measured:
        of_ours = f"{entry.median / ours:.1f}x" if entry is not measured[0] else ""
        lines.append(f"| {entry.command.name} | {entry.median * 1000:.0f} | {entry.median / bare:.1f}x | {of_ours} |")
    return "\n".join(lines) + "\n"


def _table_many(measured: list[Measured]) -> str:
    ours = measured[0].median
    lines = [
        f"| {FILES} recorded files, one call | CPU s | files/s of CPU | of travistool |",
        "| --- | --- | --- | --- |",
    ]
    for entry in measured:
        rate = entry.command.files / entry.median
        lines.append(f"| {entry.command.name} | {entry.median:.2f} | {rate:.0f} | {entry.median / ours:.1f}x |")
    return "\n".join(lines) + "\n"


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
