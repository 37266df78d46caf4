"""Jobs of one stage are listed apart: they run together all the same."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import quoted
from travistool.schema.elements import Element


def check(file: File) -> Iterator[Finding]:
    seen: dict[str, Element] = {}
    before = None
    for job in file.jobs:
        stage = job.get("stage")
        if stage is None or not isinstance(stage.value, str):
            continue
        name = stage.value.lower()
        if name in seen and name != before and seen[name].span() != stage.span():
            line = seen[name].span().first().line
            message = f"this job runs with the others of the stage {quoted(stage.value)}, which are on line {line}"
            yield Finding(stage.span(), message)
        seen[name], before = stage, name


RULE = Rule(
    name="stage-not-adjacent",
    severity=Severity.INFO,
    summary="the jobs of a stage are listed apart",
    why="Stages run in the order of their first appearance, each with all of its jobs. The list reads as if this job came "
    "later. Move it to the others, or give it a stage of its own.",
    bad="language: c\njobs:\n  include:\n    - stage: test\n      script: make test\n    - stage: deploy\n"
    "      script: make deploy\n    - stage: test # <- here\n      script: make check\n",
    good="language: c\njobs:\n  include:\n    - stage: test\n      script: make test\n    - stage: test\n"
    "      script: make check\n    - stage: deploy\n      script: make deploy\n",
    check=check,
    trigger=("stage:",),
    profile="strict",
)
