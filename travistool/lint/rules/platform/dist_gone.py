"""An image of an Ubuntu that nobody repairs any more, by a dated table."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.retired import UBUNTU, retired
from travistool.diagnostics import Severity
from travistool.lint.fixes import rewritten
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        dist = owner.get("dist")
        for one in (dist.items or [dist]) if dist is not None else ():
            row = retired(UBUNTU, str(one.value), file.as_of)
            if row is not None and one.node is not None:
                message = f"Ubuntu ended support for '{row.name}' on {row.since}, move to '{row.successor}'"
                yield Finding(place(one), message, rewritten(one, row.successor, f"write '{row.successor}'"))


RULE = Rule(
    name="dist-gone",
    severity=Severity.INFO,
    summary="the image is an Ubuntu version without support",
    why="Such an image gets no updates any more, and its package archives move away, so that installing packages "
    "fails. Move while both images can still be compared.",
    bad="language: python\ndist: trusty # <- here\n",
    good="language: python\ndist: noble\n",
    check=check,
    trigger=tuple(row.name for row in UBUNTU),
    fix="unsafe",
)
