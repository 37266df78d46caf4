"""The status of a pipe is that of its last command: a failing test whose output goes through `tee` passes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, commands, program
from travistool.lint.shell_text import Simple
from travistool.lint.subject import Command, File
from travistool.lint.wording import quoted
from travistool.source import Span

_PHASES = ("before_install", "install", "before_script", "script", "before_deploy")
_LAST = ("tee", "xcpretty", "xcbeautify", "ts", "cat")
_PIPES = ("|", "|&")
_PRINTING = (
    "echo",
    "printf",
    "cat",
    "curl",
    "wget",
    "yes",
    "ls",
    "env",
    "sort",
    "sed",
    "grep",
    "awk",
    "tar",
    "openssl",
    "date",
    "ssh-keyscan",
    "shasum",
    "sha256sum",
    "sha512sum",
    "md5sum",
    "gpg",
    "base64",
    "head",
    "lsb_release",
    "git",
    "jq",
    "s3cmd",
    "find",
)
_BLOCKS = frozenset(("if", "elif", "while", "$(", "<(", "function"))


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase not in _PHASES or "|" not in command.text or not any(word in command.text for word in _LAST):
            continue
        found = commands(command.text)
        for left, right in pairwise(found):
            # A command that is inside of a word of the left one stands between them.
            if (
                left.next not in _PIPES
                or left.link in _PIPES
                or right.link not in _PIPES
                or left.inside != right.inside
                or _BLOCKS & {*left.inside}
            ):
                continue
            if program(right) not in _LAST or program(left) in _PRINTING or not left.words or right.next in _PIPES:
                continue
            if right.rescued or "$?" in command.text or _is_read(file.text, right):
                continue
            span = command.span(right.start, right.end)
            names = f"{quoted(program(left))} is lost behind {quoted(program(right))}"
            fix = _fix(command, left)
            yield Finding(span, f"the status of {names}, put 'set -o pipefail' before it", fix)


def _fix(command: Command, left: Simple) -> Fix | None:
    """Return the option before the pipe, where that begins the command."""
    span = command.span(left.start, left.end)
    if left.start or left.link or span.text != command.text[left.start : left.end]:
        return None
    start = Span(span.source, span.start, span.start)
    return Fix("put 'set -o pipefail' before it", (Edit(start, "set -o pipefail; "),), safe=False)


def _is_read(text: str, tee: Simple) -> bool:
    """Tell whether the file that the output goes to is named again: then something looks at it."""
    if program(tee) == "cat":
        return bool(tee.redirects)
    return program(tee) == "tee" and any(text.count(word.text) > 1 for word in call(tee)[1:] if word.text[:1] != "-")


RULE = Rule(
    name="pipe-hides-status",
    severity=Severity.WARNING,
    summary="a pipe hides that its first command fails",
    why="The shell takes the status of the last command of a pipe, and `tee` always succeeds: the job passes although the "
    "tests fail. `set -o pipefail` as a command before it makes the pipe fail with them.",
    bad="language: c\nscript: make test | tee test.log # <- here\n",
    good="language: c\nscript:\n  - set -o pipefail\n  - make test | tee test.log\n",
    check=check,
    trigger=(("|", "tee"), ("|", "xcpretty"), ("|", "xcbeautify"), ("|", "ts"), "| cat", "|cat"),
    unless=("pipefail", "PIPESTATUS"),
    fix="unsafe",
)
