"""A job without `script` where the language has no default: Python fails, plain shell jobs pass and test nothing."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import PHASES, File, place
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.plan.model import Job

_IDLE = ("generic", "bash", "sh", "shell", "minimal")
_WORK = (*PHASES, "deploy", "addons")


def check(file: File) -> Iterator[Finding]:
    # With no command at all it is an excerpt.
    script = file.root.get("script")
    if (script is not None and script.given()) or all(one.phase == "deploy" for one in file.commands):
        return
    for job in file.plan.jobs:
        said = _said(job)
        if said:
            yield Finding(_span(job, file), said)


def _said(job: Job) -> str:
    if job.config.get("script") is not None:
        return ""
    language = str(job.config.get("language"))
    if language == "python":
        return "a Python job without 'script' fails, write the command that tests"
    if language in _IDLE and not any(job.config.get(key) for key in _WORK):
        return f"a job of '{language}' without commands does nothing and passes, write 'script'"
    return ""


def _span(job: Job, file: File) -> Span:
    for item in file.jobs:
        if any(origin.element is not None and origin.element.parent is item for origin in job.origins.values()):
            return item.first_key_span()
    language = file.root.get("language")
    return place(language) if language is not None and language.node is not None else Span(file.source, 0, 0)


RULE = Rule(
    name="nothing-to-run",
    severity=Severity.ERROR,
    summary="a job has nothing to run",
    why="Python has no default test command: without `script` Travis says so and the job fails. Jobs of plain shell pass "
    "without having tested anything.",
    bad="language: python # <- here\ninstall: pip install -r requirements.txt\n",
    good="language: python\ninstall: pip install -r requirements.txt\nscript: pytest\n",
    check=check,
    # With a script for all jobs nothing is amiss. One without a value is none.
    unless=("\nscript: ", "\nscript:\n-", "\nscript:\n  -", "\nscript:\n    -"),
    trigger=tuple(
        (name, phase)
        for name in ("python", "generic", "shell", "minimal", "language: bash", "language: sh")
        for phase in ("script:", "install:")
    ),
)
