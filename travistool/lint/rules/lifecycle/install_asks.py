"""`apt-get install` without `-y` asks, and on a machine where nobody answers it stops."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, option, program
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "install"):
        words = call(one)
        if program(one) not in ("apt-get", "apt", "aptitude") or "|" in (one.link, one.next):
            continue
        verb = next((word for word in words if word.text == "install"), None)
        if verb is None or option(words, "-y", "--yes", "--assume-yes", "--force-yes", "-qq"):
            continue
        span = command.span(verb.start, verb.end)
        fix = Fix("add '-y'", (Edit(span, "install -y"),), safe=False) if span.text == "install" else None
        yield Finding(span, f"'{program(one)} install' asks for confirmation, add '-y'", fix)


RULE = Rule(
    name="install-asks",
    severity=Severity.INFO,
    summary="packages are installed by a command that asks",
    why="The images of Travis answer yes by themselves. Others, such as containers and machines of your own, do not: there the "
    "command stops.",
    bad="language: c\ninstall: sudo apt-get install cmake # <- here\n",
    good="language: c\ninstall: sudo apt-get install -y cmake\n",
    check=check,
    trigger=(("apt-get", "install"), ("apt ", "install"), ("aptitude", "install")),
    profile="pedantic",
    fix="unsafe",
)
