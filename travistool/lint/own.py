"""Findings about travistool itself, as documentation: the comments that are written for it, and its own faults."""

from travistool.diagnostics import Severity
from travistool.lint.rule import ReaderRule

OWN = (
    ReaderRule(
        name="internal-error",
        severity=Severity.WARNING,
        summary="travistool contradicts itself, or a rule of it crashed",
        why="A fix that should leave the build alone would have changed what Travis reads: it was not made and the file "
        "is as it was. Or a rule crashed: the others went on, and the exit code is 70. This is a mistake of ours: please "
        "report it with the lines around.",
        bad="",
        good="",
        group="travistool",
    ),
    ReaderRule(
        name="unknown-rule",
        severity=Severity.WARNING,
        summary="a comment names a rule that does not exist",
        why="Nothing is suppressed by it, so what it should hide is reported, or will be. The names are those in "
        "brackets at the end of a finding; `travistool explain` lists them.",
        bad="language: python\nsudo: false # travistool: ignore[deprecated-key, unknown-keys] # <- here\n",
        good="language: python\nsudo: false # travistool: ignore[deprecated-key]\n",
        group="travistool",
    ),
    ReaderRule(
        name="unused-suppression",
        severity=Severity.WARNING,
        summary="a comment suppresses nothing",
        why="What it was written for is gone, or stands on another line. Left alone, it would hide the next mistake in "
        "its place.",
        bad="language: python\nscript: make test # travistool: ignore[unknown-key] # <- here\n",
        good="language: python\nscript: make test\n",
        group="travistool",
        fix="safe",
    ),
)
"""By name."""
