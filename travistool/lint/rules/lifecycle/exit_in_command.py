"""`exit` in a command leaves the shell of the whole job, so that what comes later never runs."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import Command, File
from travistool.lint.wording import listing

_LATER = {"script": ("after_failure", "after_script")}
_SHELLS = frozenset(("(", "$(", "<(", "function"))


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "exit"):
        # What leaves with 0, or with whatever is, means to pass over the rest.
        if (
            command.phase not in _LATER
            or len(one.words) != 2
            or one.words[0].text != "exit"
            or one.words[1].text == "0"
        ):
            continue
        if _SHELLS & {*one.inside} or "|" in (one.link, one.next) or one.next == "&":
            continue
        lost = _lost(file, command)
        if lost:
            said = f"'exit' ends the whole job, so {listing(lost, 'and')} never {'run' if len(lost) > 1 else 'runs'}"
            yield Finding(
                command.span(one.start, one.end),
                f"{said}: put the commands into a script, or into a subshell '( ... )'",
            )


def _lost(file: File, command: Command) -> list[str]:
    owner = command.owners[0]
    values = {phase: owner.get(phase) or file.root.get(phase) for phase in _LATER[command.phase]}
    return [phase for phase, value in values.items() if value is not None and value.given()]


RULE = Rule(
    name="exit-in-command",
    severity=Severity.WARNING,
    summary="`exit` ends the whole job, not only the command",
    why="All commands of a job run in one shell, and `exit` leaves it: the job ends with that status, and the phases after it "
    "are skipped without a word in the log. In a script of your own, or in brackets, `exit` ends only that.",
    bad="language: python\nscript:\n  - if ! make test; then cat log; exit 1; fi # <- here\nafter_failure: ./report\n",
    good="language: python\nscript:\n  - (if ! make test; then cat log; exit 1; fi)\nafter_failure: ./report\n",
    check=check,
    trigger=(("exit", "after_failure"), ("exit", "after_script")),
)
