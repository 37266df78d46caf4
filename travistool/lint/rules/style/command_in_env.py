"""A command in a variable's value: Travis takes the rest of the row for its value, and tells jobs apart by the code."""

from __future__ import annotations

from re import search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for variable in file.variables:
        if search(r"(?<!\\)(?:\$\((?!\()|`)", variable.value) is None or variable.value.startswith("'"):
            continue
        swallowed = search(r"[)`]\"?\s+([A-Za-z_]\w*)=", variable.value)
        span = variable.name_span()
        if swallowed is not None:
            message = f"the command takes the rest of the row, {quoted(swallowed[1])} too, into {quoted(variable.name)}"
            yield Finding(span, f"{message}, give it a row of its own or set it in 'before_install'")
        else:
            message = f"the value of {quoted(variable.name)} is a command that runs in each job"
            yield Finding(span, f"{message}, set it in 'before_install', where its failure is noticed")


RULE = Rule(
    name="command-in-env",
    severity=Severity.INFO,
    summary="the value of a variable is a command",
    why="It runs before any phase, and its failure goes unseen. In a row of several variables Travis reads all that follows as "
    "a part of the value, so rules of `exclude` and names of jobs do not know the others.",
    bad="language: c\nenv: JOBS=$(nproc) # <- here\n",
    good="language: c\nbefore_install: export JOBS=$(nproc)\n",
    check=check,
    trigger=(("env", "$("), ("env", "`")),
    profile="strict",
)
