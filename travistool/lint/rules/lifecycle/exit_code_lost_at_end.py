"""A block that ends in `echo` always succeeds, whatever its commands said."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands, program
from travistool.lint.statuses import ASSERTED, is_lost
from travistool.lint.subject import File
from travistool.lint.wording import quoted

# Who ends in `true` means it.
_SUCCEEDING = ("echo", "printf")


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase not in ASSERTED or "$?" in command.text or "set -" in command.text:
            continue
        if not any(word in command.text for word in _SUCCEEDING):
            continue
        if ";" not in command.text and "\n" not in command.text:
            continue
        found = commands(command.text)
        last = found[-1] if found else None
        if (
            last is None
            or program(last) not in _SUCCEEDING
            or last.inside
            or last.redirects
            or last.link not in (";", "\n")
        ):
            continue
        lost = [one for one in found[:-1] if is_lost(one)]
        if lost:
            message = f"{quoted(program(last))} always succeeds and hides a failure of {quoted(program(lost[-1]))}, make them two items"
            yield Finding(command.span(last.start, last.end), message)


RULE = Rule(
    name="exit-code-lost-at-end",
    severity=Severity.INFO,
    summary="a command ends in one that always succeeds",
    why="The status of several commands is that of the last one. Where that is an `echo`, failures before it never"
    " reach Travis. Make it an item of its own.",
    bad='language: c\nscript: |\n  make test\n  echo "done" # <- here\n',
    good='language: c\nscript:\n  - make test\n  - echo "done"\n',
    check=check,
    trigger=("echo", "printf"),
    profile="strict",
)
