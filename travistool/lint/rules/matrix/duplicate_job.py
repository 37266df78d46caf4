"""Travis runs equal jobs once: a copy of an entry of `jobs.include` is dropped without a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from travistool.diagnostics import Severity
from travistool.document.nodes import Alias
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head
from travistool.lint.wording import listing, quoted
from travistool.schema.elements import Element

_OWN = ("name", "script", "install", "before_install", "before_script", "deploy")
"""Keys that an entry has from itself or from the root, and that no row of the matrix changes."""


def check(file: File) -> Iterator[Finding]:
    if not _may_repeat(file):
        return
    for one in file.plan.skipped:
        if one.cause == "repeated" and one.entry is not None:
            # An alias is shown where it stands: the copy is the mistake, not what it repeats.
            span = one.entry.span() if isinstance(one.entry.node, Alias) else head(one.entry)
            why = _why(one.entry, one.config or {})
            fix = deletion(file, one.entry, "delete the copy") if not why else None
            yield Finding(span, f"this job equals one before it{why}, so Travis drops it", fix)


def _why(entry: Element, config: Mapping[str, Any]) -> str:
    """Return what the entry has and the job has not, by which the author has told them apart."""
    env = entry.get("env")
    if env is not None and env.plain() in ({}, [{}]):
        return " as its 'env' cannot be read"
    idle = [key for key in entry.children if key not in config and key != "if"]
    language = quoted(config.get("language", ""))
    return f" as {listing(idle, 'and')} does not count for the language {language}" if idle else ""


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
    fix="unsafe",
)
