"""A build with tolerated jobs waits for them before it has a result, unless it is told not to."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import new_key
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    jobs = file.root.get("jobs")
    rules = jobs.get("allow_failures") if jobs is not None else None
    if jobs is None or rules is None or not rules.items or jobs.get("fast_finish") is not None:
        return
    tolerated = [job for job in file.plan.jobs if job.allow_failure]
    if tolerated and len(tolerated) < len(file.plan.jobs):
        message = "the build waits for jobs that may fail, 'fast_finish: true' ends it when the others are done"
        yield Finding(rules.key_span(), message, new_key(file, rules, "fast_finish: true"))


RULE = Rule(
    name="tolerated-without-fast-finish",
    severity=Severity.INFO,
    summary="a build waits for jobs whose result does not count",
    why="With `fast_finish: true` the build has its result as soon as all other jobs have theirs; the tolerated ones still "
    "run.",
    bad="language: c\nos: [linux, windows]\njobs:\n  allow_failures: # <- here\n    - os: windows\n",
    good="language: c\nos: [linux, windows]\njobs:\n  fast_finish: true\n  allow_failures:\n    - os: windows\n",
    check=check,
    trigger=("allow_failures", "allowed_failures", "allow-failures"),
    unless=("fast_finish: true",),
    profile="pedantic",
    fix="unsafe",
)
