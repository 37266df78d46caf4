"""Checkers that are no Python packages: found where a variable says, or the test skips, which CI does not allow."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

_TOOLS = Path(__file__).parent / "tools"
_HOW = "see tests/migrate/tools/README.md"


class Node(NamedTuple):
    """The program, and the folder that has `node_modules`."""

    program: str
    folder: Path


def require_node(package: str, *programs: str) -> Node:
    """Return Node.js with a package of npm's, where the programs are there as well.

    TRAVISTOOL_NODE names the folder; a `bin/node` in it is preferred to others.
    """
    folder = Path(os.environ.get("TRAVISTOOL_NODE") or "/nowhere")
    own = folder / "bin" / "node"
    program = str(own) if own.is_file() else shutil.which("node")
    missing = [name for name in programs if shutil.which(name) is None]
    if program is None or missing or not (folder / "node_modules" / package).is_dir():
        pytest.skip(f"no Node.js with {' and '.join((package, *programs))}: {_HOW}, set TRAVISTOOL_NODE")
    return Node(program, folder)


def node(tool: str, *arguments: str, package: str) -> str:
    """Run a tool of `tests/migrate/tools` that needs a package of npm's, and return what it says."""
    found = require_node(package)
    command = [found.program, str(_TOOLS / tool), *arguments]
    environment = {**os.environ, "CHECKER_MODULES": str(found.folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def groovy(script: Path, *arguments: str) -> str:
    """Run a script of Groovy and return what it says."""
    found = os.environ.get("TRAVISTOOL_GROOVY", "")
    if not found or not shutil.which("java") or not list(Path(found).glob("groovy-[0-9]*.jar")):
        pytest.skip(f"no Java with the jars of Groovy: {_HOW}, set TRAVISTOOL_GROOVY")
    # Many small classes: the second compiler of Java takes longer than it saves. The bound shows what is never let go.
    options = ("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = ["java", *options, "-cp", f"{found}/*", "groovy.ui.GroovyMain", str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
