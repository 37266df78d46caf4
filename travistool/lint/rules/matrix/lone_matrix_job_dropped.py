"""The top level makes one job only, and entries of `jobs.include` take its place."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.jobs import makes_several
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    if not file.jobs or makes_several(file):
        return
    for one in file.plan.skipped:
        if one.cause == "lone" and one.span is not None:
            message = "no job is made from this single value, because 'jobs.include' has entries"
            yield Finding(one.span, message)


RULE = Rule(
    name="lone-matrix-job-dropped",
    severity=Severity.INFO,
    summary="the only job of the top level gives way to the listed ones",
    why="A matrix of a single job is not run where `jobs.include` has entries; a second value brings all of them back. If "
    "the job is wanted, list it as an entry; if not, the value still holds for entries that have none.",
    bad="language: python\npython: '3.13' # <- here\njobs:\n  include:\n    - script: make docs\n",
    good="language: python\njobs:\n  include:\n    - script: make docs\n      python: '3.13'\n",
    check=check,
    trigger=("include",),
    profile="pedantic",
)
