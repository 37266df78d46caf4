"""A job of `jobs.include` without a name: the list of jobs shows versions and variables, and people have to guess."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import written
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    if len(file.jobs) < 2:
        return
    for job in file.jobs:
        node = written(job)
        if job.get("name") is None and job.children and node is not None:
            end = file.text.find("\n", node.start)
            span = Span(file.source, node.start, min(node.end, end if end >= 0 else node.end))
            yield Finding(span, "this job has no name, add a 'name' that tells it from the others")


RULE = Rule(
    name="job-without-name",
    severity=Severity.INFO,
    summary="a job of `jobs.include` has no name",
    why="The build page then lists it by its versions and variables. A name says what fails.",
    bad="language: c\njobs:\n  include:\n    - name: lint\n      script: make lint\n    - script: make test # <- here\n",
    good="language: c\njobs:\n  include:\n    - name: lint\n      script: make lint\n    - name: test\n      script: make test\n",
    check=check,
    trigger=("include",),
    profile="pedantic",
)
