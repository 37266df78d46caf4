"""`cd` as a command of its own moves all commands and phases after it."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_SURE = ("~", "$HOME", "${HOME}", "..", "-", "/", "/tmp", "$TRAVIS_BUILD_DIR", "${TRAVIS_BUILD_DIR}")  # noqa: S108
"""Folders that are always there."""


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase != "script" or "cd " not in command.text:
            continue
        for one in commands(command.text):
            words = [word.text for word in one.words]
            if words[:1] != ["cd"] or len(words) != 2 or words[1] in _SURE:
                continue
            if any("mkdir" in other.text and words[1] in other.text for other in file.commands):
                continue
            if not one.inside and not one.next and not one.link:
                message = (
                    f"if {quoted(words[1])} cannot be entered, the commands after it still run, join them with '&&'"
                )
                yield Finding(command.span(one.start, one.end), message)


RULE = Rule(
    name="cd-in-list",
    severity=Severity.INFO,
    summary="`cd` stands by itself in `script`",
    why="In `script` a failing command does not stop those after it: where the folder is missing, they run in the wrong one. "
    "And all later phases start in the new folder. `cd app && make` says what is meant.",
    bad="language: c\nscript:\n  - cd app # <- here\n  - make test\n",
    good="language: c\nscript:\n  - (cd app && make test)\n",
    check=check,
    trigger=("cd ",),
    profile="pedantic",
)
