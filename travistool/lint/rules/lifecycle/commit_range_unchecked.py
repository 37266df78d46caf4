"""`TRAVIS_COMMIT_RANGE` is empty for a new branch, and after a forced push it names a commit that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls, program
from travistool.lint.subject import File

_NAME = r"\$\{?TRAVIS_COMMIT_RANGE\b"
_CHECKED = r"(?:-[nz] |\[\[? )[\"']?\$\{?TRAVIS_COMMIT_RANGE|\$\{TRAVIS_COMMIT_RANGE:?[-+=]|(?<!\$)TRAVIS_COMMIT_RANGE="


def check(file: File) -> Iterator[Finding]:
    if search(_CHECKED, file.text):
        return
    for command, one in calls(file, "TRAVIS_COMMIT_RANGE"):
        if program(one) != "git" or one.rescued or {"if", "elif", "while"} & {*one.inside}:
            continue
        for word in one.words:
            found = search(_NAME, word.raw)
            if found is not None:
                start = word.start + found.start()
                message = "for a new branch the range is empty, after a forced push its start is gone"
                yield Finding(command.span(start, word.start + found.end()), f"{message}: add a fallback with '||'")


RULE = Rule(
    name="commit-range-unchecked",
    severity=Severity.INFO,
    summary="a command relies on `TRAVIS_COMMIT_RANGE`",
    why="For the first push of a branch there is no range, and after a forced push its start is a commit that "
    "nobody has any more: git fails, or compares with nothing and finds no change. Decide what happens then.",
    bad='language: c\nscript:\n  - CHANGED=$(git diff --name-only "$TRAVIS_COMMIT_RANGE") # <- here\n',
    good='language: c\nscript:\n  - CHANGED=$(git diff --name-only "$TRAVIS_COMMIT_RANGE" || git ls-files)\n',
    check=check,
    trigger=("TRAVIS_COMMIT_RANGE",),
    profile="strict",
)
