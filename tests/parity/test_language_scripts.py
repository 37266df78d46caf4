"""The defaults of languages as the scripts of jobs really run them, with tools that only write down their calls.

tests/parity/test_language_defaults.py compares what is chosen; this one that our bash chooses and runs the same.
"""

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.parity.compare import Tally
from tests.parity.oracle import rows
from travistool.plan.model import Event, Job
from travistool.simulate.follow import Marks
from travistool.simulate.script.compile import compile_job
from travistool.simulate.script.facts import HERE, Build

pytestmark = pytest.mark.parity

_VERSIONS = {"npm": "6.14.4", "yarn": "1.22.4", "node": "12.16.1", "pip": "21.0"}
_STUB = """#!/bin/bash
if [[ "$*" == --version ]]; then echo "{version}"; exit; fi
if [[ "{name} $*" == "go env GOROOT" ]]; then echo /none; exit; fi
if [[ "{name} $1" == "perl -ne" ]]; then exec /usr/bin/perl "$@"; fi
line={name}; for word in "$@"; do printf -v line '%s %q' "$line" "$word"; done
echo "$line" >>"$RAN"
"""
_MISSING = ("rebar3",)
_ANNOUNCED = ("cargo", "java", "javac", "ruby", "rustc", "rustup")
"""Further tools that this machine may have, and that may not work here."""
_PROGRAMS = ("configure", "gradlew", "mvnw", "rebar")
"""Files of a repository that are programs."""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all tools that the recordings call."""
    folder = tmp_path_factory.mktemp("tools")
    called = {
        line.split()[0]
        for row in rows("language_default_vectors.jsonl.gz")
        for phase in ("install", "script")
        for line in row["expect"][phase]["ran"]
    }
    for name in (called - set(_MISSING)) | set(_VERSIONS) | set(_ANNOUNCED):
        _program(folder / name)
    return folder


def _program(path: Path) -> None:
    path.write_text(_STUB.format(name=path.name, version=_VERSIONS.get(path.name, "1.0")))
    path.chmod(0o755)


def test_defaults_as_they_run(tools: Path, tmp_path: Path) -> None:
    tally = Tally("language scripts")
    for number, row in enumerate(rows("language_default_vectors.jsonl.gz")):
        ours = _run(row, tools, tmp_path / str(number))
        label = f"{row['language']} {row['config']} {row['files']}"
        if ours["install"][2]:
            # Recorded one by one: the script, too, where the default of install ends the job.
            alone = {**row, "config": {**row["config"], "install": "true"}}
            ours["script"] = _run(alone, tools, tmp_path / f"{number}-script")["script"]
        for phase in ("install", "script"):
            theirs = row["expect"][phase]
            ends = theirs.get("job_exit") is not None
            tally.add(
                f"{phase} of {label}",
                "",
                ours[phase],
                [theirs["commands"], sorted(map(shlex.split, theirs["ran"])), ends],
            )
    tally.check()


def _run(row: dict[str, Any], tools: Path, folder: Path) -> dict[str, list[Any]]:
    """Return, by phase: commands in the log, calls of tools, whether the job ended there."""
    repository = folder / "build" / "acme" / "widget"
    repository.mkdir(parents=True)
    for name in row["files"]:
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name in _PROGRAMS:
            _program(path)
        elif name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("Package: widget\nVersion: 1.0\n" if name == "DESCRIPTION" else "")
    # As Travis's images have it; here it changes nothing.
    activate = folder / "virtualenv" / f"python{row['config'].get('python', '3.10')}" / "bin" / "activate"
    activate.parent.mkdir(parents=True)
    activate.touch()
    job = Job("1.1", None, None, False, {"language": row["language"], "os": "linux", **row["config"]}, {})
    build = Build(event=Event(repo="acme/widget"), repo="acme/widget")
    environ = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "RAN": str(folder / "ran"),
        "TRAVISTOOL_MARKS": "M",
        # What sets up a language or prints its version is there, too, and does nothing.
        "BASH_FUNC_command_not_found_handle%%": "() { :; }",
    }
    # Each phase writes down what it called when the next one begins.
    script = compile_job(job, build, HERE).text.replace("_job_phase() {\n", '_job_phase() {\n  echo "= $1" >>"$RAN"\n')
    found = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    shown, last = _shown(found.stdout)
    ran = _ran((folder / "ran").read_text())
    return {
        # Parts of a pipeline call in any order.
        phase: [shown.get(phase, []), sorted(ran.get(phase, [])), found.returncode == 1 and last == phase]
        for phase in ("install", "script")
    }


def _shown(output: bytes) -> tuple[dict[str, list[str]], str]:
    phases: list[str] = [""]
    shown: dict[str, list[str]] = {}

    def write(data: bytes) -> None:
        for line in data.decode("utf-8", "replace").split("\n"):
            if line.rpartition("\x1b[0K")[2].startswith("$ "):
                shown.setdefault(phases[-1], []).append(line.rpartition("\x1b[0K")[2][2:])

    marks = Marks("M", write, lambda words: phases.append(words[1]) if words[0] == "phase" else None)
    marks.feed(output)
    marks.flush()
    return shown, phases[-1]


def _ran(text: str) -> dict[str, list[list[str]]]:
    phases: dict[str, list[list[str]]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("= "):
            name = line[2:]
        else:
            phases.setdefault(name, []).append(shlex.split(line))
    return phases
