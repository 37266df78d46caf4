"""`fast_finish` does nothing where every job counts."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Fix, Severity
from travistool.document.edits import delete_entry, entry_at
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    jobs = file.root.get("jobs")
    fast = jobs.get("fast_finish") if jobs is not None else None
    if jobs is None or fast is None or fast.value is not True or fast.key_node is None:
        return
    if jobs.get("allow_failures") is not None or any(one.get("allow_failure") for one in file.owners):
        return
    span = fast.key_span()
    found = entry_at(file.document.root, span.start, span.end)
    edit = delete_entry(file.source, *found) if found is not None else None
    fix = Fix("delete 'fast_finish'", (edit,), safe=True) if edit is not None else None
    yield Finding(span, "'fast_finish' does nothing without 'allow_failures', delete it", fix)


RULE = Rule(
    name="fast-finish-useless",
    severity=Severity.INFO,
    summary="`fast_finish` is set without `allow_failures`",
    why="It tells Travis not to wait for jobs that may fail, and here no job may: the build ends as it would "
    "without it.",
    bad="language: c\nos: [linux, windows]\njobs:\n  fast_finish: true # <- here\n  include:\n    - dist: jammy\n",
    good="language: c\nos: [linux, windows]\njobs:\n  include:\n    - dist: jammy\n",
    check=check,
    trigger=("fast_finish", "fast-finish"),
    unless=("allow_failure", "allowed_failure", "allow-failure"),
    profile="strict",
    fix="safe",
)
