"""The start script of the virtual display was a part of the images up to trusty only."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.fixes import service_for
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File
from travistool.schema.elements import flatten

_SCRIPT = r"/etc/init\.d/xvfb"
_WITH_SCRIPT = frozenset(("precise", "trusty"))


def check(file: File) -> Iterator[Finding]:
    dists = {
        str(one.value) for owner in file.owners if (dist := owner.get("dist")) is not None for one in flatten(dist)
    }
    if dists & _WITH_SCRIPT:
        return
    for command, one in calls(file, "/etc/init.d/xvfb"):
        for word in one.words:
            found = search(_SCRIPT, word.raw)
            if found is not None and not one.rescued and one.words[0].text not in ("[", "[[", "test", "echo"):
                span = command.span(word.start + found.start(), word.start + found.end())
                fix = service_for(file, command, "xvfb", instead=True)
                yield Finding(span, "images from xenial on have no such script, write 'services: xvfb'", fix)


RULE = Rule(
    name="xvfb-by-hand",
    severity=Severity.WARNING,
    summary="the virtual display is started by a script that the image does not have",
    why="The command fails, and in a setup phase the job ends there. `services: xvfb` starts the display on every image and "
    "sets `DISPLAY`.",
    bad="language: c\ndist: jammy\nbefore_script:\n  - sh -e /etc/init.d/xvfb start # <- here\n",
    good="language: c\nservices: xvfb\n",
    check=check,
    trigger=("/etc/init.d/xvfb",),
    fix="unsafe",
)
