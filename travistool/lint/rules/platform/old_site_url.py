"""Addresses of travis-ci.org, which is closed."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer

from travistool.catalog.retired import SITE
from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File

_ADDRESS = r"(?:https?://|\b(?:api|www|magnum)\.)(?:api\.|www\.|magnum\.)?travis-ci\.(?P<end>org)\b"


def check(file: File) -> Iterator[Finding]:
    if file.as_of < SITE.since:
        return
    for command, one in calls(file, SITE.name):
        for word in (*one.words, *one.assignments):
            for found in finditer(_ADDRESS, word.raw):
                place = command.span(word.start + found.start("end"), word.start + found.end("end"))
                span = command.span(word.start + found.start(), word.start + found.end())
                fix = Fix("replace by 'com'", (Edit(place, "com"),), safe=False) if place.text == "org" else None
                yield Finding(span, f"'{SITE.name}' was closed on {SITE.since}, write '{SITE.successor}'", fix)


RULE = Rule(
    name="old-site-url",
    severity=Severity.WARNING,
    summary="a command uses an address of travis-ci.org",
    why="The site was closed on 2021-06-15: builds are not started there, logs not found, links lead nowhere. The other site "
    "has the same addresses, and needs a token of its own.",
    bad="language: c\nscript:\n  - curl https://api.travis-ci.org/repos/acme/app # <- here\n",
    good="language: c\nscript:\n  - curl https://api.travis-ci.com/repos/acme/app\n",
    check=check,
    trigger=("travis-ci.org",),
    fix="unsafe",
)
