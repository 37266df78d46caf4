"""`sudo pip` leaves the virtual environment of the job: what it installs goes to the Python of the system."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_root, program
from travistool.lint.subject import Command, File
from travistool.schema.elements import Element

_OF_SYSTEM = ("system-site-packages", "system_site_packages", "sudo python")
"""Then the job uses what the system has."""
_SETUP = ("before_install", "install", "before_script")
_MESSAGE = "'sudo' installs this into the Python of the system and not into that of the job, remove 'sudo'"


def check(file: File) -> Iterator[Finding]:
    if any(word in file.text for word in _OF_SYSTEM):
        return
    for command, one in calls(file, "sudo"):
        words = call(one)
        if "osx" in command.text or command.phase not in _SETUP:
            continue  # on macOS the job has no Python of its own, and a script may test the installation
        is_install = program(one) in ("pip", "pip2", "pip3") and any(word.text == "install" for word in words[1:3])
        if is_install and is_root(one) and all(_runs_python(owner, file.root) for owner in command.owners):
            sudo = next(word for word in one.words if word.text == "sudo")
            yield Finding(command.span(sudo.start, words[0].end), _MESSAGE, _fix(command, sudo.start, words[0].start))


def _runs_python(owner: Element, root: Element) -> bool:
    """Tell whether all jobs of an owner have a virtual environment: those of Python on Linux."""
    language, system = (owner.get(key) or root.get(key) for key in ("language", "os"))
    systems = [one.value for one in (system.items or [system])] if system is not None else []
    return language is not None and language.value == "python" and all(one == "linux" for one in systems)


def _fix(command: Command, start: int, end: int) -> Fix | None:
    span = command.span(start, end)
    if span.text != command.text[start:end]:
        return None
    return Fix("delete 'sudo'", (Edit(span, ""),), safe=False)


RULE = Rule(
    name="sudo-pip",
    severity=Severity.INFO,
    summary="`sudo pip install` in a job of Python",
    why="Travis runs the commands of a Python job in a virtual environment. As root, `pip` is that of the system: the package "
    "is not there for the tests, and may break what the image needs.",
    bad="language: python\nscript: pytest\ninstall:\n  - sudo pip install pytest # <- here\n",
    good="language: python\nscript: pytest\ninstall:\n  - pip install pytest\n",
    check=check,
    trigger=(("sudo", "pip", "python"),),
    profile="strict",
    fix="unsafe",
)
