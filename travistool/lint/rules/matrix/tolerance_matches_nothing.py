"""A rule of `jobs.allow_failures` that fits no job tolerates nothing, and the job it means fails the build."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head


def check(file: File) -> Iterator[Finding]:
    from travistool.lint.nearest import nearest  # noqa: PLC0415  it loads parts of the planner

    # Without any jobs that is what is said.
    if file.is_jobs_lost or not file.plan.jobs:
        return
    idle = {one.what for one in file.plan.skipped if one.kind == "allow_failure" and one.condition is None}
    rules = [rule for rule in file.listed("jobs", "allow_failures") if rule.kind == "map"]
    for number, rule in enumerate(rules, 1):
        if str(number) in idle and rule.children and rule.get("branch") is None:
            hint = nearest(rule, [job.config for job in file.plan.jobs], file.plan.config)
            fix = deletion(file, rule, "delete the rule")
            yield Finding(head(rule), f"this rule of 'allow_failures' fits no job{hint}", fix)


RULE = Rule(
    name="tolerance-matches-nothing",
    severity=Severity.WARNING,
    summary="a rule of `allow_failures` fits no job",
    why="A job may fail only if it equals all values of a rule, and no job equals these: the one that is meant still fails "
    "the build. Values must be written as in the matrix, and `env` must be a whole row, in the same order.",
    bad="language: python\npython: ['3.13']\nenv: [DB=a FAST=1, DB=b FAST=1]\njobs:\n  allow_failures:\n"
    "    - env: DB=b # <- here\n",
    good="language: python\npython: ['3.13']\nenv: [DB=a FAST=1, DB=b FAST=1]\njobs:\n  allow_failures:\n"
    "    - env: DB=b FAST=1\n",
    check=check,
    trigger=("allow_failures", "allowed_failures", "allow-failures", "allow_failure"),
    fix="unsafe",
)
