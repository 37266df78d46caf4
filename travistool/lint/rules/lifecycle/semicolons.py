"""`a; b` has the status of `b`: that `a` failed is lost."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands, program
from travistool.lint.statuses import ASSERTED, DECIDING, is_lost
from travistool.lint.subject import File
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase not in ASSERTED or ";" not in command.text or "$?" in command.text:
            continue
        found = tuple(one for one in commands(command.text) if not one.inside)
        if not found or program(found[-1]) in DECIDING:
            continue
        for one in found[:-1]:
            if one.next == ";" and is_lost(one):
                message = f"the job goes on when {quoted(program(one))} fails, write '&&' for ';' or two commands"
                yield Finding(command.span(one.end, _end(command.text, one.end)), message)


def _end(text: str, start: int) -> int:
    return text.index(";", start) + 1


RULE = Rule(
    name="semicolons",
    severity=Severity.WARNING,
    summary="a `;` hides that the command before it fails",
    why="The status of a line is that of its last command. What fails before a `;` is not seen: the phase goes on and the "
    "job may pass. With `&&`, or as items of a list, each command counts.",
    bad="language: c\nscript: make; make test # <- here\n",
    good="language: c\nscript:\n  - make\n  - make test\n",
    check=check,
    unless=("set -e", "errexit"),
    trigger=(";",),
)
