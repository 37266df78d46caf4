"""Every job may fail, so the build is green whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.jobs import multiplying
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.schema.elements import Element

_OTHERWISE = ("branch", "env", "stage")
"""Keys that a rule compares with more than a job's own value."""


def check(file: File) -> Iterator[Finding]:
    jobs = file.root.get("jobs")
    rules = jobs.get("allow_failures") if jobs is not None else None
    if rules is None or any(rule.get("if") is not None for rule in rules.items):
        return
    if _spares_one(file, rules.items):
        return
    plan = file.plan
    if not plan.jobs or not all(job.allow_failure for job in plan.jobs):
        return
    what = "the only job" if len(plan.jobs) == 1 else f"all {len(plan.jobs)} jobs"
    yield Finding(rules.key_span(), f"{what} may fail, so the build always passes")


def _spares_one(file: File, rules: list[Element]) -> bool:
    """Tell whether some job surely fits no rule: then no plan need be made."""
    jobs = file.root.get("jobs")
    if jobs is None or jobs.get("exclude") is not None:
        return False
    if any(
        entry.get("allow_failure") is None and all(_differs(file, entry, rule) for rule in rules) for entry in file.jobs
    ):
        return True
    # The job of the matrix that has, for each key, a value that no rule names.
    spared = set()
    for key, items in multiplying(file).items():
        named = [one for rule in rules if (one := rule.get(key)) is not None]
        if all(one.kind == "str" for one in (*items, *named)):
            values = {one.value for one in named}
            spared.update([key] if any(item.value not in values for item in items) else [])
    return all(any(key in spared for key in rule.children) for rule in rules)


def _differs(file: File, entry: Element, rule: Element) -> bool:
    """Tell whether an entry has another value than the rule names, or neither it nor the root has any."""
    for key, wanted in rule.children.items():
        own = entry.get(key)
        if key in _OTHERWISE or wanted.kind != "str":
            continue
        if file.root.get(key) is None if own is None else own.kind == "str" and own.value != wanted.value:
            return True
    return False


RULE = Rule(
    name="all-jobs-tolerated",
    severity=Severity.WARNING,
    summary="every job is allowed to fail",
    why="The result of a build is decided by the jobs that must not fail, and here there are none: the build "
    "always passes, and nobody hears of a failure.",
    bad="language: c\nos: linux\njobs:\n  allow_failures: # <- here\n    - os: linux\n",
    good="language: c\nos: [linux, windows]\njobs:\n  allow_failures:\n    - os: windows\n",
    check=check,
    trigger=("allow_failures", "allowed_failures", "allow-failures"),
)
