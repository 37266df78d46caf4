"""A job of `jobs.include` that names no version takes the first one that the top level lists."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    if not _may_inherit(file):
        return
    from travistool.plan.model import entry_of  # noqa: PLC0415  it loads parts of the planner

    for job in file.plan.jobs:
        entry = entry_of(job.origins)
        if entry is None:
            continue
        for key, origin in job.origins.items():
            listed = file.root.get(key)
            if origin.kind == "inherited" and key != "stage" and listed is not None and len(listed.items) > 1:
                value = quoted(job.config[key])
                message = f"this job runs with {key} {value}, the first of {len(listed.items)} at the top level, write it into the job"
                yield Finding(head(entry), message)


def _may_inherit(file: File) -> bool:
    """Tell whether an entry lacks a list of the root: most configs need not be planned to know that none does."""
    from travistool.plan.axes import matrix_keys  # noqa: PLC0415  it loads parts of the planner

    root = file.root.children
    listed = [key for key in matrix_keys() if key in root and len(root[key].items) > 1]
    return any((own := job.get(key)) is None or not own.given() for key in listed for job in file.jobs)


RULE = Rule(
    name="include-inherits-first-value",
    severity=Severity.INFO,
    summary="a job takes the first version of the list without saying so",
    why="An entry of `jobs.include` without a version gets the first one that the top level lists. Reordering that"
    " list changes this job: write the version that it needs.",
    bad="language: python\npython: ['3.12', '3.13']\nscript: pytest\njobs:\n  include:\n    - script: make docs # <- here\n",
    good="language: python\npython: ['3.12', '3.13']\nscript: pytest\njobs:\n  include:\n    - script: make docs\n      python: '3.13'\n",
    check=check,
    trigger=("include",),
    profile="strict",
)
