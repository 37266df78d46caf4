"""`install: false` runs the command `false`, which fails: it does not switch the phase off."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import flatten

_ENDS = {
    "before_install": "errored",
    "install": "errored",
    "before_script": "errored",
    "script": "failed",
    "before_deploy": "errored",
}


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        for phase, state in _ENDS.items():
            commands = [one for item in [owner.get(phase)] if item is not None for one in flatten(item)]
            if len(commands) == 1 and commands[0].value in ("false", False) and commands[0].node is not None:
                span = place(commands[0])
                fix = Fix("write 'skip'", (Edit(span, "skip"),), safe=False)
                yield Finding(span, f"'false' is run as a command and the job ends as {state}, write 'skip'", fix)


RULE = Rule(
    name="phase-false",
    severity=Severity.WARNING,
    summary="a phase is `false`",
    why="Travis runs the command `false`, which always fails, and the job fails with it. A phase is switched off "
    "by the word `skip`.",
    bad="language: python\ninstall: false # <- here\nscript: pytest\n",
    good="language: python\ninstall: skip\nscript: pytest\n",
    check=check,
    trigger=("false", "False", "FALSE"),
    fix="unsafe",
)
