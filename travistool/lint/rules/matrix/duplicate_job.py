"""Travis runs equal jobs once: a copy of an entry of `jobs.include` is dropped without a word."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.document.nodes import Alias
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head


def check(file: File) -> Iterator[Finding]:
    for one in file.plan.skipped:
        if one.cause == "repeated" and one.entry is not None:
            # An alias is shown where it stands: the copy is the mistake, not what it repeats.
            span = one.entry.span() if isinstance(one.entry.node, Alias) else head(one.entry)
            yield Finding(span, "this job equals one before it, so Travis drops it")


RULE = Rule(
    name="duplicate-job",
    severity=Severity.WARNING,
    summary="an entry of `jobs.include` equals another job",
    why="Travis compares jobs by all that they are made of, and runs equal ones once. What should tell this job from the "
    "other is missing, or the entry is a copy that can go.",
    bad="language: python\njobs:\n  include:\n    - python: '3.12'\n      env: A=1\n    - python: '3.12' # <- here\n"
    "      env: A=1\n",
    good="language: python\njobs:\n  include:\n    - python: '3.12'\n      env: A=1\n    - python: '3.12'\n"
    "      env: A=2\n",
    check=check,
    trigger=("include",),
)
