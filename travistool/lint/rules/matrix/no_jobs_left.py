"""`jobs.exclude` drops every job that there is, so the build has nothing to run."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    jobs = file.root.get("jobs")
    exclude = jobs.get("exclude") if jobs is not None else None
    plan = file.plan
    if exclude is not None and not plan.jobs and any(one.cause == "excluded" for one in plan.skipped):
        dropped = sum(one.cause == "excluded" for one in plan.skipped)
        what = "the only job" if dropped == 1 else f"all {dropped} jobs"
        yield Finding(exclude.key_span(), f"'exclude' drops {what}, nothing is left to run")


RULE = Rule(
    name="no-jobs-left",
    severity=Severity.ERROR,
    summary="`exclude` drops every job",
    why="A build without jobs tests nothing. Often the rule was written for a job that Travis makes of the top level "
    "beside the entries of `jobs.include`; where there are no such entries, it is the only one.",
    bad="language: python\npython: ['3.12']\njobs:\n  exclude: # <- here\n    - python: '3.12'\n",
    good="language: python\npython: ['3.12', '3.13']\njobs:\n  exclude:\n    - python: '3.12'\n",
    check=check,
    trigger=("exclude",),
)
