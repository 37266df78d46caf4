"""Stages that `stages` does not list run after all that it lists, whatever is meant."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import addition
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    stages = file.root.get("stages")
    if stages is None or not stages.items:
        return
    for stage in file.plan.stages:
        if stage.span is not None or len(file.plan.stages) == 1:
            continue
        origins = [job.origins.get("stage") for job in stage.jobs]
        named = next((one.span for one in origins if one is not None and one.span is not None), None)
        if named is not None:
            message = f"'stages' does not list {quoted(stage.name)}, so it runs after all stages that it lists"
            yield Finding(named, message, addition(file, stages, stage.name))
        else:
            message = f"jobs without a stage are in {quoted(stage.name)}, which is not listed here and so runs last"
            yield Finding(stages.key_span(), message)


RULE = Rule(
    name="stage-undeclared",
    severity=Severity.WARNING,
    summary="a stage with jobs is missing in `stages`",
    why="What `stages` does not list runs last, in the order of the jobs. So a stage whose name is misspelled, or `test`, "
    "in which jobs without a stage are, comes after the deployment.",
    bad="language: c\nstages:\n  - build\n  - deploy\njobs:\n  include:\n    - stage: build\n      script: make\n"
    "    - stage: check # <- here\n      script: make check\n    - stage: deploy\n      script: make deploy\n",
    good="language: c\nstages:\n  - build\n  - check\n  - deploy\njobs:\n  include:\n    - stage: build\n"
    "      script: make\n    - stage: check\n      script: make check\n    - stage: deploy\n      script: make deploy\n",
    check=check,
    trigger=("stages",),
    fix="unsafe",
)
