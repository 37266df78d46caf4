"""Programs that rules of the shell layer ask. They are run by whoever calls us, so that this package starts none itself."""

from __future__ import annotations

from collections.abc import Callable

from travistool.record import Record

SHELL = "shell"
"""Stands among the profiles of a rule that needs programs: such a rule is on only where they may be run."""


class Ran(Record):
    """How a program ended, and what it wrote to its standard output."""

    status: int
    output: str


Run = Callable[[tuple[str, ...], str], "Ran | None"]
"""Runs a program by its words, with a text as its standard input; None where it is not there or took too long."""
