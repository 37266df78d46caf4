"""A fixed time of waiting for a service: too long on most days, too short on a slow one."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_PHASES = ("before_install", "install", "before_script", "script")
_SECONDS = 5
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_LOOPS = frozenset(("do", "while", "then", "else"))


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "sleep "):
        words = call(one)
        if command.phase not in _PHASES or len(words) != 2 or words[0].text != "sleep" or _LOOPS & set(one.inside):
            continue
        number = fullmatch(r"(\d{1,5})([smh]?)", words[1].text)
        seconds = int(number[1]) * _UNITS[number[2]] if number is not None else 0
        if seconds >= _SECONDS:
            message = f"this waits {seconds} seconds whatever happens, poll in a loop until the service answers"
            yield Finding(command.span(words[0].start, words[1].end), message)


RULE = Rule(
    name="fixed-sleep",
    severity=Severity.INFO,
    summary="a command waits for a fixed time",
    why="On most days the service is there long before, and on a slow machine it is not: then the build fails for no reason. A "
    "loop such as `until nc -z localhost 5432; do sleep 1; done` does both better.",
    bad="language: c\nservices: mysql\nbefore_script:\n  - sleep 15 # <- here\n",
    good="language: c\nservices: mysql\nbefore_script:\n  - until mysqladmin ping; do sleep 1; done\n",
    check=check,
    trigger=("sleep ",),
    profile="strict",
)
