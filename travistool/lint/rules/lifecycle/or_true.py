"""`|| true` in the script: whatever the command says, the job passes."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, commands, program
from travistool.lint.shell_text import Simple
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_TIDYING = (
    "rm",
    "mkdir",
    "kill",
    "pkill",
    "killall",
    "cat",
    "ls",
    "cp",
    "mv",
    "grep",
    "source",
    ".",
    "docker",
    "git",
    "find",
    "phpenv",
    "echo",
    "head",
    "tail",
    "ccache",
)
_VERBS = frozenset(("remove", "purge", "--purge", "uninstall", "clean", "prune", "stop", "down", "kill", "--version"))


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if command.phase != "script" or "||" not in command.text:
            continue
        found = [one for one in commands(command.text) if not one.inside]
        for place, one in enumerate(found):
            if one.link != "||" or program(one) not in ("true", ":") or not place:
                continue
            name = program(found[place - 1])
            # What stands behind a test is a short form of `if`.
            if name and not _tidies(found[place - 1]) and not found[place - 1].after_test:
                message = (
                    f"{quoted(name)} cannot fail the job, remove '|| true' or give it a job under 'allow_failures'"
                )
                start = found[place - 1].end
                span = command.span(start, one.end)
                fix = replacement("remove '|| true'", (span, command.text[start : one.end], ""))
                yield Finding(command.span(one.start, one.end), message, fix)


def _tidies(one: Simple) -> bool:
    """Tell whether a command cleans up or only looks: nobody minds how that ends."""
    return program(one) in _TIDYING or any(word.text in _VERBS for word in call(one)[1:4])


RULE = Rule(
    name="or-true",
    severity=Severity.INFO,
    summary="a command of the script cannot fail",
    why="With `|| true` a command always succeeds, and a green build says nothing about it. A job of its own under "
    "`jobs.allow_failures` shows its result and does not fail the build, either.",
    bad="language: php\nscript:\n  - phpunit\n  - phpcs src || true # <- here\n",
    good="language: php\nscript:\n  - phpunit\n  - phpcs src\n",
    check=check,
    trigger=(("|| true",), ("|| :",), ("||true",)),
    profile="strict",
    fix="unsafe",
)
