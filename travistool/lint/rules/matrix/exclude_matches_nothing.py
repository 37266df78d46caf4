"""A rule of `jobs.exclude` that fits no job drops nothing. The plan tells: each job is compared as Travis does it."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head
from travistool.schema.elements import Element


def check(file: File) -> Iterator[Finding]:
    from travistool.lint.nearest import nearest  # noqa: PLC0415  it loads parts of the planner

    dropped = {one.span for one in file.plan.skipped if one.cause == "excluded"}
    jobs = [*file.plan.matrix, *(one.config for one in file.plan.skipped if one.kind == "job" and one.config)]
    for rule in file.listed("jobs", "exclude"):
        if rule.kind != "map" or rule.span() in dropped or not rule.children or _is_repeated(rule, file):
            continue
        hint = nearest(rule, jobs, file.plan.config)
        fix = deletion(file, rule, "delete the rule")
        yield Finding(head(rule), f"this rule of 'exclude' fits no job{hint}", fix)


def _is_repeated(rule: Element, file: File) -> bool:
    """Tell whether an earlier rule says the same: then that one has dropped the jobs."""
    before = []
    for other in file.listed("jobs", "exclude"):
        if other is rule:
            return other.plain() in before
        before.append(other.plain())
    return False


RULE = Rule(
    name="exclude-matches-nothing",
    severity=Severity.WARNING,
    summary="a rule of `exclude` fits no job",
    why="A rule drops the jobs that equal all of its values, and this one drops none: the jobs that it is meant for run. "
    "Values must be written as in the matrix, and `env` must be a whole row, in the same order.",
    bad="language: python\npython: ['3.12', '3.13']\nenv: [DB=a, DB=b]\njobs:\n  exclude:\n"
    "    - python: '3.11' # <- here\n      env: DB=a\n",
    good="language: python\npython: ['3.12', '3.13']\nenv: [DB=a, DB=b]\njobs:\n  exclude:\n"
    "    - python: '3.12'\n      env: DB=a\n",
    check=check,
    trigger=("exclude",),
    fix="unsafe",
)
