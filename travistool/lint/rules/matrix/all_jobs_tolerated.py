"""Every job may fail, so the build is green whatever happens."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    jobs = file.root.get("jobs")
    rules = jobs.get("allow_failures") if jobs is not None else None
    if rules is None or any(rule.get("if") is not None for rule in rules.items):
        return
    plan = file.plan
    if not plan.jobs or not all(job.allow_failure for job in plan.jobs):
        return
    what = "the only job" if len(plan.jobs) == 1 else f"all {len(plan.jobs)} jobs"
    yield Finding(rules.key_span(), f"{what} may fail, so the build always passes")


RULE = Rule(
    name="all-jobs-tolerated",
    severity=Severity.WARNING,
    summary="every job is allowed to fail",
    why="The result of a build is that of the jobs that may not fail, and there are none: it passes always, and nobody is "
    "told of a mistake.",
    bad="language: c\nos: linux\njobs:\n  allow_failures: # <- here\n    - os: linux\n",
    good="language: c\nos: [linux, windows]\njobs:\n  allow_failures:\n    - os: windows\n",
    check=check,
    trigger=("allow_failures", "allowed_failures", "allow-failures"),
)
