"""Travis runs equal jobs once: a copy of an entry of `jobs.include` is dropped without a word."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.document.nodes import Alias
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head

_OWN = ("name", "script", "install", "before_install", "before_script", "deploy")
"""Keys that an entry has from itself or from the root, and that no row of the matrix changes."""


def check(file: File) -> Iterator[Finding]:
    if not _may_repeat(file):
        return
    for one in file.plan.skipped:
        if one.cause == "repeated" and one.entry is not None:
            # An alias is shown where it stands: the copy is the mistake, not what it repeats.
            span = one.entry.span() if isinstance(one.entry.node, Alias) else head(one.entry)
            yield Finding(span, "this job equals one before it, so Travis drops it")


def _may_repeat(file: File) -> bool:
    """Tell whether some jobs do the same. If all differ in what an entry never inherits, no plan need be made."""
    seen = []
    for owner in file.owners:
        parts = [owner.get(key) or file.root.get(key) for key in _OWN]
        seen.append([None if part is None else part.plain() for part in parts])
    return any(one in seen[:number] for number, one in enumerate(seen))


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
