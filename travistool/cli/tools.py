"""The programs of `lint --shell`: where they are, and how they are run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

from travistool.cli.terminal import write_aside
from travistool.errors import UsageError
from travistool.lint.tools import Ran, Run

_SECONDS = 60
_HOW = "pip install 'travistool[shell]'"


@cache
def runner() -> Run:
    """Return what runs programs; say so where only bash is there. Raises UsageError where there is neither."""
    if _found("shellcheck") is None:
        if _found("bash") is None:
            raise UsageError("--shell needs shellcheck or bash, and neither is there", _HOW)
        write_aside(f"travistool: shellcheck is not there, so --shell asks bash alone\n  {_HOW}\n")
    return run


def run(words: tuple[str, ...], text: str) -> Ran | None:
    """Run a program without a shell of its own; it reads `text` and nothing of the surroundings but its path."""
    program = _found(words[0])
    if program is None:
        return None
    try:
        ended = subprocess.run(  # noqa: S603  # fixed programs with arguments, no shell
            [program, *words[1:]],
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Ran(ended.returncode, ended.stdout.decode("utf-8", "replace"))


@cache
def _found(name: str) -> str | None:
    """Return where a program is: beside our Python, as the extra puts it there, else where programs are looked for."""
    return shutil.which(name, path=os.path.dirname(sys.executable)) or shutil.which(name)
