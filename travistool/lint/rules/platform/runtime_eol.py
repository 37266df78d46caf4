"""A version of a language that its makers do not repair any more, by a dated table."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.runtimes import LINES, ended
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import flatten


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        for key in LINES:
            versions = owner.get(key)
            for one in flatten(versions) if versions is not None else ():
                row = ended(key, str(one.value), file.as_of)
                if row is not None and one.node is not None:
                    yield Finding(place(one), f"{row[0]} has had no support since {row[1]}, test a newer version too")


RULE = Rule(
    name="runtime-eol",
    severity=Severity.INFO,
    summary="a version of a language is out of support",
    why="Nobody repairs it, and images and packages for it disappear. Libraries may have reasons to test old versions: that is "
    "why only the profile `modernize` says so.",
    bad="language: python\npython:\n  - '3.6' # <- here\n",
    good="language: python\npython:\n  - '3.13'\n",
    check=check,
    trigger=tuple(LINES),
    profile="none",
    also=("modernize",),
)
