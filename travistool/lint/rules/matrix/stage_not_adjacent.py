"""Jobs of one stage are listed apart: they run together all the same."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Fix, Severity
from travistool.document.nodes import Sequence
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
            message = f"this job runs with those of the stage {quoted(stage.value)} on line {line}, move it there"
            yield Finding(stage.span(), message, _fix(file, job, seen[name].parent))
        seen[name], before = stage, name


def _fix(file: File, job: Element, other: Element | None) -> Fix | None:
    """Move a job behind those of its stage, with the jobs behind it that are of the stage as well."""
    # Imported late: only findings need it.
    from travistool.document.moving import move_up  # noqa: PLC0415

    listed = job.parent
    value = listed.node if listed is not None else None
    if listed is None or other is None or not isinstance(value, Sequence) or len(value.items) != len(listed.items):
        return None
    jobs = listed.items
    first, after = jobs.index(job), jobs.index(other)
    edits = move_up(file.source, value, first, _end(jobs, first), _end(jobs, after) - 1)
    return Fix("move it there", edits, safe=True) if edits else None


def _end(jobs: list[Element], place: int) -> int:
    """Return where the jobs end that follow one and have its stage, by name or for want of their own."""
    own = _stage(jobs[place])
    return next((other for other in range(place + 1, len(jobs)) if _stage(jobs[other]) not in ("", own)), len(jobs))


def _stage(job: Element) -> str:
    stage = job.get("stage")
    return str(stage.value).lower() if stage is not None else ""


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
    fix="safe",
)
