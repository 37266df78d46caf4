"""`a; b` has the status of `b`: that `a` failed is lost."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, call, commands, program
from travistool.lint.statuses import ASSERTED, DECIDING, is_lost
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_BRINGING = ("curl", "wget", "zip", "tar", "unzip", "cmake", "configure")
_TAKING = ("mv", "cp", "chmod", "tar", "unzip", "make", "dpkg", "install")
"""Commands that fail where what they take is missing."""


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase not in ASSERTED or ";" not in command.text or "$?" in command.text:
            continue
        found = tuple(one for one in commands(command.text) if not one.inside)
        if not found or program(found[-1]) in DECIDING:
            continue
        for place, one in enumerate(found[:-1]):
            if one.next == ";" and is_lost(one) and not _is_used(one, found[place + 1 :]):
                message = (
                    f"nobody notices when {quoted(program(one))} fails, write '&&' instead of ';', or two commands"
                )
                end = _end(command.text, one.end)
                span = command.span(one.end, end)
                wanted = " &&" if command.text[end : end + 1].isspace() else " && "
                yield Finding(span, message, replacement("write '&&'", (span, command.text[one.end : end], wanted)))


def _is_used(one: Simple, after: tuple[Simple, ...]) -> bool:
    """Tell whether the last command takes what one brings: it fails as well where that is missing."""
    if program(one) not in _BRINGING:
        return False
    last = [word.text for word in call(after[-1])]
    if program(after[-1]) in _TAKING or (program(after[-1]) == "cd" and not last[-1].startswith((".", "-"))):
        return True
    names = {name for word in one.words[1:] if len(name := word.text.rpartition("/")[2].partition(".")[0]) > 1}
    return any(name in text for name in names for text in last[1:])


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
    fix="unsafe",
)
