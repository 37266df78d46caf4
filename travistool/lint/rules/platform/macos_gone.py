"""Travis has no machines with macOS any more: such a job never starts."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.retired import SYSTEMS, retired
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import flatten


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        system = owner.get("os")
        written = [one for one in flatten(system) if one.node is not None] if system is not None else []
        for one in written:
            row = retired(SYSTEMS, str(one.value), file.as_of)
            if row is not None:
                message = f"Travis has had no macOS since {row.since}: these jobs never start, build them elsewhere"
                yield Finding(place(one), message)
        image = owner.get("osx_image")
        language = owner.get("language")
        if image is not None and not written and language is not None and language.value == "objective-c":
            row = retired(SYSTEMS, "osx", file.as_of)
            if row is not None:
                message = f"Travis has had no macOS since {row.since}: these jobs never start, build them elsewhere"
                yield Finding(image.key_span(), message)


RULE = Rule(
    name="macos-gone",
    severity=Severity.WARNING,
    summary="jobs are to run on macOS, which Travis no longer has",
    why="Travis closed its macOS machines on 2025-03-31. Jobs for them wait for a machine that does not come, and the build is "
    "never done. Keep the Linux jobs, and move the others to a service with macOS.",
    bad="language: c\nos:\n  - linux\n  - osx # <- here\n",
    good="language: c\nos: linux\n",
    check=check,
    trigger=("osx", "mac", "ios"),
)
