"""A declared stage that no job is in does not exist for Travis."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for one in file.plan.skipped if not file.is_jobs_lost else ():
        if one.kind == "stage" and one.condition is None and one.span is not None:
            written = next((item for item in file.listed("stages") if item.span() == one.span), None)
            fix = deletion(file, written, "delete the stage") if written is not None else None
            yield Finding(one.span, f"no job is in the stage {quoted(one.what)}, correct its name or delete it", fix)


RULE = Rule(
    name="stage-unused",
    severity=Severity.INFO,
    summary="a stage in `stages` has no job",
    why="A stage without jobs is left out. Its jobs may be in a stage with a slightly different name, or gone.",
    bad="language: c\nstages:\n  - test\n  - release # <- here\njobs:\n  include:\n    - script: make test\n"
    "    - stage: test\n      script: make check\n",
    good="language: c\nstages:\n  - test\n  - release\njobs:\n  include:\n    - script: make test\n"
    "    - stage: release\n      script: make release\n",
    check=check,
    trigger=("stages",),
    fix="unsafe",
)
