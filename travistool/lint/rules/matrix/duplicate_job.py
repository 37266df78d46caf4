"""Travis runs equal jobs once: a copy of an entry of `jobs.include` is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from travistool.diagnostics import Severity
from travistool.document.nodes import Alias
from travistool.lint.fixes import deletion
from travistool.lint.jobs import makes_several
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head
from travistool.lint.wording import listing, quoted
from travistool.schema.elements import Element

_OWN = ("name", "script", "install", "before_install", "before_script", "deploy")
"""Keys that an entry has from itself or from the root, and that no row of the matrix changes."""

_TELLING = ("env", "os", "language")
"""Keys that count for every language: entries that both have one, with other values, make other jobs."""


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
    """Tell whether some jobs may be the same. If all differ in what stays as it is written, no plan need be made."""
    seen: list[tuple[list[object], list[object]]] = []
    # A single job of the root gives way to the entries.
    for owner in file.owners if makes_several(file) else file.jobs:
        own = [_plain(owner.get(key) or file.root.get(key)) for key in _OWN]
        # Those of the root are axes of the matrix, of which an entry without a value takes the first.
        telling = [None if owner is file.root else _plain(owner.get(key)) for key in _TELLING]
        if any(own == other and not _differ(telling, others) for other, others in seen):
            return True
        seen.append((own, telling))
    return False


def _plain(part: Element | None) -> object:
    return None if part is None else part.plain()


def _differ(some: list[object], others: list[object]) -> bool:
    return any(one is not None and other is not None and one != other for one, other in zip(some, others, strict=True))


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
