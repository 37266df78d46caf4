"""Whatever a file is or holds: one clear line, no traceback, little memory and time, and the other files are linted.

One run takes all the files, good ones among them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
MEMORY_MB = 300
SECONDS = 20
TEN_MB = 10 * 1024 * 1024

TOO_DEEP = "error: values nested more than 200 levels deep, no build needs that [yaml-too-deep]"
TOO_BIG = "error: more than 200000 values in one file, no build needs that many [yaml-too-big]"
ALIASES = "error: aliases expand to more than 200000 values, reduce the repetition [alias-bomb]"
MERGES = "error: merge keys expand to more than 200000 entries, reduce the repetition [alias-bomb]"
NUL = "error: the file is not text: a NUL byte in line 1 [binary-file]"


def bomb(levels: int, width: int) -> str:
    lines = [f"a0: &a0 [{', '.join('x' * width)}]\n"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]\n" for n in range(1, levels)]
    return "".join(lines)


def merge_bomb(levels: int, merge: str) -> str:
    """Return maps that each merge the one before many times over; `merge` has a `*` for its alias."""
    lines = [f"a0: &a0 {{{', '.join(f'k{key}: 1' for key in range(1000))}}}\n"]
    lines += [f"a{n}: &a{n} {{{merge.replace('*', f'*a{n - 1}')}, z{n}: 1}}\n" for n in range(1, levels)]
    return "".join(lines)


class Bad(NamedTuple):
    """A file and the line about it, without its name; "" for a file that is fine."""

    content: str | bytes | Callable[[], str]
    said: str


FILES = {
    "alias-bomb": Bad(bomb(10, 10), f"10:55: {ALIASES}"),
    "merge-bomb-of-lists": Bad(merge_bomb(300, f"<<: [{', '.join('*' * 10)}]"), f"21:16: {MERGES}"),
    "merge-bomb-of-keys": Bad(merge_bomb(300, ", ".join(["<<: *"] * 50)), f"5:455: {MERGES}"),
    "cycle": Bad(
        "_a: &a\n  b: *a\n", "2:6: error: '*a' is inside the value of its own anchor '&a', move it out [cyclic-alias]"
    ),
    "deep-flow-lists": Bad("a: " + "[" * 10_000 + "]" * 10_000, f"1:203: {TOO_DEEP}"),
    "deep-flow-maps": Bad("a: " + "{a: " * 10_000 + "}" * 10_000, f"1:800: {TOO_DEEP}"),
    "deep-unclosed": Bad("a: " + "[" * 10_000, f"1:203: {TOO_DEEP}"),
    "deep-block-lists": Bad("- " * 10_000 + "a", f"1:401: {TOO_DEEP}"),
    "deep-block-maps": Bad("".join(f"{' ' * n}a:\n" for n in range(1000)), f"201:201: {TOO_DEEP}"),
    "deep-condition": Bad(
        f"if: {'(' * 10_000}a = b{')' * 10_000}\n",
        "1:65: error: parentheses are nested too deeply at '(' [invalid-condition]",
    ),
    "binary": Bad(bytes(range(256)) * 100, "error: the file is not text but binary data [binary-file]"),
    "invalid-utf-8": Bad(
        b"language: python # \xff\xfe\n",
        "1:20: warning: byte 19 (0xff) in line 1 is not UTF-8 and Travis drops it, save the file as UTF-8 "
        "[invalid-encoding]",
    ),
    "surrogate-in-utf-8": Bad(
        b"language: python # \xed\xa0\x80\n",
        "1:20: warning: byte 19 (0xed) in line 1 is not UTF-8 and Travis drops it, save the file as UTF-8 "
        "[invalid-encoding]",
    ),
    "utf-16": Bad(
        "language: python\n".encode("utf-16"),
        "error: the file is UTF-16, which Travis cannot read, save it as UTF-8 [invalid-encoding]",
    ),
    "utf-16-without-mark": Bad("language: python\n".encode("utf-16-le"), NUL),
    "utf-32": Bad(
        "language: python\n".encode("utf-32"),
        "error: the file is UTF-32, which Travis cannot read, save it as UTF-8 [invalid-encoding]",
    ),
    "nul": Bad(b"language: python\0\n", NUL),
    "control-character": Bad(
        "language: py\x1b[31mthon\n",
        "1:13: error: the control character U+001B is not allowed in YAML, remove it [control-character]",
    ),
    "unclosed-quote": Bad('script: "x\n', "1:9: error: this double quote is never closed [yaml-syntax]"),
    "empty": Bad("", ""),
    "comments": Bad("# one\n\n# two", ""),
    "byte-order-mark": Bad("\ufefflanguage: python\n", ""),
    "endless-number": Bad(
        f"language: {'9' * 100_000}\n",
        f"1:11: error: unknown value '{'9' * 37}...' for 'language', Travis does not support it [unknown-value]",
    ),
    "10mb-line": Bad(lambda: "script: " + "x " * (TEN_MB // 2), ""),
    "10mb-scalar": Bad(lambda: "script: |\n" + "  echo a rather long line\n" * (TEN_MB // 25), ""),
    "10mb-quoted": Bad(lambda: 'script: "' + "\\n" * (TEN_MB // 2) + '"\n', ""),
    "10mb-tabs": Bad(lambda: "\t" * TEN_MB, ""),
    "10mb-dashes": Bad(lambda: "- " * (TEN_MB // 2), f"1:401: {TOO_DEEP}"),
    "10mb-line-ends": Bad(lambda: "\n" * TEN_MB, ""),
    "10mb-no-break-spaces": Bad(lambda: "\u00a0" * (TEN_MB // 2), ""),
    "10mb-some-no-break-spaces": Bad(
        lambda: "a\u00a0" * (TEN_MB // 3),
        "1:1: error: the file must be a map of keys like 'language: python', not text [root-not-a-map]",
    ),
    "20mb": Bad(
        lambda: "a: b\n" * (TEN_MB * 2 // 5),
        "error: the file is larger than 16 MB, which no config can be [unreadable-file]",
    ),
    "10mb-keys": Bad(lambda: "".join(f"key_{n:08}: value\n" for n in range(TEN_MB // 20)), f"100001:1: {TOO_BIG}"),
}

UNREADABLE = {
    "folder.yml/": "",
    "gone.yml": "error: cannot read the file: no such file or directory [unreadable-file]",
    "dangling.yml": "error: cannot read the file: no such file or directory [unreadable-file]",
    "loop.yml": "error: cannot read the file: too many levels of symbolic links [unreadable-file]",
    "pipe.yml": "error: cannot read the file: it is a device or a pipe [unreadable-file]",
    "/dev/zero": "error: cannot read the file: it is a device or a pipe [unreadable-file]",
    "\udcff.yml": "error: cannot read the file: no such file or directory [unreadable-file]",
}

GOOD = "1:11: warning: unknown value 'pythn', Travis reads it as 'python' [find-value]"

# The command line, then the most memory it took.
CODE = """\
import sys
from travistool.cli.main import main
code = main()
with open("/proc/self/status") as file:
    sys.stderr.write(next(line for line in file if line.startswith("VmHWM")).split()[1])
sys.exit(code)
"""


def cpu_seconds() -> float:
    """Return what all finished child processes took: other programs on the machine do not count."""
    taken = os.times()
    return taken.children_user + taken.children_system


class Run(NamedTuple):
    lines: tuple[str, ...]
    peak_mb: float
    seconds: float
    code: int


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, bad in FILES.items():
        content = bad.content() if callable(bad.content) else bad.content
        (folder / f"{name}.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "folder.yml").mkdir()
    (folder / "dangling.yml").symlink_to("nothing")
    (folder / "loop.yml").symlink_to("loop.yml")
    os.mkfifo(folder / "pipe.yml")
    for number in range(3):
        (folder / f"good{number}.yml").write_text("language: pythn\n")
    return folder


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    names = ["good0.yml", *(f"{name}.yml" for name in FILES), "good1.yml", *UNREADABLE, "good2.yml"]
    before = cpu_seconds()
    found = subprocess.run(
        [sys.executable, "-c", CODE, "lint", "--jobs", "1", "--format", "concise", "--quiet", *names],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=SECONDS * 5,
    )
    assert found.stderr.isdigit(), found.stderr.decode()
    return Run(
        tuple(found.stdout.decode().splitlines()), int(found.stderr) / 1024, cpu_seconds() - before, found.returncode
    )


pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs Linux"),
]


@pytest.mark.parametrize("name", FILES)
def test_file(name: str, run: Run) -> None:
    said = FILES[name].said
    separator = ": " if said.startswith(("error", "warning")) else ":"
    wanted = [f"{name}.yml{separator}{said}"] if said else []
    assert [line for line in run.lines if line.startswith(f"{name}.yml")] == wanted


@pytest.mark.parametrize("name", UNREADABLE, ids=ascii)
def test_no_file(name: str, run: Run) -> None:
    shown = name.replace("\udcff", "\ufffd")
    wanted = [f"{shown}: {UNREADABLE[name]}"] if UNREADABLE[name] else []
    assert [line for line in run.lines if line.startswith(shown)] == wanted


def test_the_others_are_linted(run: Run) -> None:
    assert [line for line in run.lines if line.startswith("good")] == [
        f"good{number}.yml:{GOOD}" for number in range(3)
    ]
    assert run.code == 1


def test_nothing_else_is_said(run: Run) -> None:
    said = [*(bad.said for bad in FILES.values()), *UNREADABLE.values()]
    assert len(run.lines) == 3 + sum(bool(line) for line in said)


def test_memory(run: Run) -> None:
    assert run.peak_mb < MEMORY_MB


def test_time(run: Run) -> None:
    """All together in the time that one may take."""
    assert run.seconds < SECONDS


def small() -> Iterator[str]:
    for name in FILES:
        if "mb" not in name:
            yield f"{name}.yml"


def test_normalize_goes_on(folder: Path) -> None:
    names = ["good0.yml", *small(), "gone.yml", "pipe.yml", "good1.yml"]
    found = subprocess.run(
        [sys.executable, "-m", "travistool", "normalize", "--format", "jsonl", *names],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=SECONDS,
    )
    assert (found.returncode, found.stderr) == (1, b"")
    rows = [json.loads(line) for line in found.stdout.decode().splitlines()]
    assert [row["path"] for row in rows] == names
    fatal = {f"{name}.yml" for name, bad in FILES.items() if ": error: " in f": {bad.said}"} - {
        "deep-condition.yml",
        "endless-number.yml",
    }
    assert {row["path"] for row in rows if "error" in row} == (fatal & set(names)) | {"gone.yml", "pipe.yml"}
