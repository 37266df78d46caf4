"""All commands of a job share one shell: `set -e` stays on in it and ends the job at the next failure."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls, commands, program
from travistool.lint.shell_text import Simple
from travistool.lint.subject import Command, File
from travistool.lint.wording import listing
from travistool.schema.elements import flatten

_LATER = ("after_success", "deploy", "after_failure", "after_script")
_SHELLS = frozenset(("(", "$(", "<(", "function"))


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "set -", "errexit"):
        if program(one) != "set" or not _turns(one, "-") or _SHELLS & {*one.inside} or "|" in (one.link, one.next):
            continue
        if any(_turns(other, "+") for other in commands(command.text)) or _is_turned_off(file, command):
            continue
        lost = _lost(file, command)
        if lost:
            span = command.span(one.start, one.end)
            said = f"from here on any failing command ends the job at once, without {listing(lost, 'and')}"
            yield Finding(span, f"{said}, join the commands with '&&' instead")


def _turns(one: Simple, sign: str) -> bool:
    words = [word.text for word in one.words]
    return words[:1] == ["set"] and any(
        fullmatch(rf"\{sign}[a-zA-Z]*e[a-zA-Z]*", word) or (word == f"{sign}o" and "errexit" in words)
        for word in words[1:]
    )


def _is_turned_off(file: File, command: Command) -> bool:
    return any(other.phase == command.phase and "set +" in other.text for other in file.commands)


def _lost(file: File, command: Command) -> list[str]:
    """Return the phases with commands that do not come any more when a command of this phase or a later one fails."""
    found = []
    for phase in _LATER:
        values = [(owner.get(phase) or file.root.get(phase)) for owner in command.owners]
        if phase not in ("after_failure", "after_script"):
            continue
        texts = [str(one.value) for value in values if value is not None and value.given() for one in flatten(value)]
        # What prints after a failure is there for it; after each job it is no loss.
        if any(phase == "after_failure" or not _is_idle(text) for text in texts):
            found.append(phase)
    return found if command.phase not in _LATER else []


def _is_idle(text: str) -> bool:
    """Tell whether a command only prints, or undoes the setting."""
    return all(program(one) in ("", "echo", "set") for one in commands(text))


RULE = Rule(
    name="set-e",
    severity=Severity.WARNING,
    summary="`set -e` changes the shell of the whole job",
    why="Travis runs the commands of all phases in one shell. With `set -e` the next failing command ends that "
    "shell: no `after_failure`, no `after_script`, no upload of the cache. Join commands with `&&`, or put "
    "them into a script.",
    bad="language: python\nscript:\n  - set -e # <- here\n  - make\n  - make test\nafter_failure: cat test.log\n",
    good="language: python\nscript:\n  - make && make test\nafter_failure: cat test.log\n",
    check=check,
    trigger=(("set -", "after_"), ("errexit", "after_")),
)
