"""`travistool compile`: the script of a job, as `simulate` runs it."""

import json
import os
import subprocess
from pathlib import Path

from tests.cli.conftest import Build, Call


def test_compile_prints_what_simulate_runs(build: Build, folder: Path, travistool: Call) -> None:
    build("language: shell\nscript: echo hello\n", "--list")
    ran = travistool("compile", "1", "--for", "host")
    assert ran.code == 0
    home = folder / "home"
    (home / "build" / "acme" / "demo").mkdir(parents=True)
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(folder)}
    found = subprocess.run(["bash", "-s"], input=ran.out, env=environ, capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert "hello\n" in found.stdout


def test_compile_as_json(build: Build, travistool: Call) -> None:
    build("language: shell\nname: one\nscript: echo hello\n", "--list")
    found = json.loads(travistool("compile", "1.1", "--format", "json").out)
    assert sorted(found) == ["name", "number", "script", "unknown"]
    assert found["script"].startswith("#!/bin/bash\n")
