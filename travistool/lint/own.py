"""Findings about travistool itself, as documentation: the comments that are written for it, and its own faults."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ReaderRule

OWN = (
    ReaderRule(
        name="internal-error",
        severity=Severity.WARNING,
        summary="travistool itself failed: an unsafe fix, or a rule that crashed",
        why="A fix that should not change the build would have changed what Travis reads: it was not applied, and the "
        "file is unchanged. Or a rule crashed: the others went on, and the exit code is 70. This is a bug in "
        "travistool: please report it with the lines around.",
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
        why="What it was written for is gone, or is on another line. Left in place, it would hide the next mistake "
        "there.",
        bad="language: python\nscript: make test # travistool: ignore[unknown-key] # <- here\n",
        good="language: python\nscript: make test\n",
        group="travistool",
        fix="safe",
    ),
)
"""By name."""
