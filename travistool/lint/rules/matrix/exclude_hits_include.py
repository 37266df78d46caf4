"""A rule of `jobs.exclude` also drops a job that `jobs.include` lists by hand."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head


def check(file: File) -> Iterator[Finding]:
    for one in file.plan.skipped if file.plan.jobs else ():  # else no-jobs-left says it
        if one.cause == "excluded" and one.entry is not None and one.span is not None:
            rule = one.span.first().line
            message = f"this job never runs, the rule of 'exclude' on line {rule} fits it too"
            yield Finding(head(one.entry), message, related=((one.span, "the rule"),))


RULE = Rule(
    name="exclude-hits-include",
    severity=Severity.WARNING,
    summary="`exclude` drops an entry of `jobs.include`",
    why="Rules of `exclude` fit jobs of the matrix and listed ones alike, and a listed job takes over values from the top "
    "level before it is compared. Say more in the rule, or something else in the job, or delete the entry.",
    bad="language: python\npython: ['3.12', '3.13']\njobs:\n  include:\n    - env: DOCS=1 # <- here\n"
    "    - env: LINT=1\n      python: '3.13'\n  exclude:\n    - python: '3.12'\n",
    good="language: python\npython: ['3.12', '3.13']\njobs:\n  include:\n    - env: DOCS=1\n      python: '3.13'\n"
    "  exclude:\n    - python: '3.12'\n",
    check=check,
    trigger=(("exclude", "include"),),
)
