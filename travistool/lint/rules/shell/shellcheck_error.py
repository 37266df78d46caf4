"""Shellcheck finds an error: the script does something else than it says."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import PHASES, File


def check(file: File) -> Iterator[Finding]:
    for one in file.remarks:
        if one.level == "error":
            yield Finding(one.span, one.message)


RULE = Rule(
    name="shellcheck-error",
    severity=Severity.WARNING,
    summary="shellcheck finds an error",
    why="What shellcheck calls an error does not do what it looks like: a test that always holds, an array read as a text, a quote that ends too early. Its wiki explains each code. `lint --shell` asks it about all phases of a job as one script.",
    bad="",
    good="",
    check=check,
    trigger=(*PHASES, "script"),
    profile="default",
    needs_tools=True,
)
