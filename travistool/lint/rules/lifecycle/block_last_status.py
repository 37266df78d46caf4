"""Of a block of commands only the last one's status counts: those before it may fail unseen."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands, program
from travistool.lint.statuses import ASSERTED, DECIDING, is_lost
from travistool.lint.subject import File
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        text = command.text.strip()
        if command.phase not in ASSERTED or "\n" not in text or "$?" in text or "set -" in text:
            continue
        found = commands(command.text)
        if any(one.inside for one in found):
            continue
        lost = [one for one in found if one.next == "\n" and one is not found[-1] and is_lost(one)]
        if lost and program(found[-1]) not in DECIDING:
            name = program(lost[0])
            message = (
                f"the job goes on when {quoted(name)} fails, only the last command of a block counts: write a list"
            )
            yield Finding(command.span(lost[0].start, lost[0].end), message)


RULE = Rule(
    name="block-last-status",
    severity=Severity.WARNING,
    summary="a block of commands hides that one of them fails",
    why="A text of several lines is one command for Travis, and its status is that of the last line. What fails before it is "
    "not seen. As items of a list each command counts.",
    bad="language: c\nscript: |\n  make test # <- here\n  make docs\n",
    good="language: c\nscript:\n  - make test\n  - make docs\n",
    check=check,
    unless=("set -e", "errexit"),
    trigger=("|\n", "|-\n", "|+\n", "|\r\n", "| \n", "|-\r\n", "\\n", "| #", "|- #", "|1", "|2", "|4"),
)
