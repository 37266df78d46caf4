"""A command that bash cannot read fails before it does anything, in each build."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.bash import unread
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import PHASES, File


def check(file: File) -> Iterator[Finding]:
    for one in unread(file):
        lines = one.command.text.rstrip("\n").split("\n")
        line = min(max(one.line, 0), len(lines) - 1)
        start = sum(len(before) + 1 for before in lines[:line])
        indent = len(lines[line]) - len(lines[line].lstrip())
        span = one.command.span(start + indent, start + max(len(lines[line].rstrip()), indent + 1))
        yield Finding(span, f"bash cannot read this command: {one.said}")


RULE = Rule(
    name="bash-syntax",
    severity=Severity.ERROR,
    summary="bash cannot read a command",
    why="Each item of a list is read by itself: an `if` must be closed in the item that opens it, and quotes, too. What bash "
    "cannot read fails at once, such as the items `if make; then` and `echo done; fi`. Bash itself is asked, with `-n`, "
    "which runs nothing.",
    bad="",
    good="",
    check=check,
    trigger=(*PHASES, "script"),
    needs_tools=True,
)
