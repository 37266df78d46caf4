"""More than twenty jobs: the build waits for machines, and most jobs test the same."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import PHASES
from travistool.schema.elements import flatten
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_JOBS = 20
_OF = {"jobs.include": "entries", "env": "rows"}
_NO_AXES = frozenset((*PHASES, "stages", "services", "deploy", "import", "notifications"))


def check(file: File) -> Iterator[Finding]:
    if _at_most(file) <= _JOBS:
        return
    number = len(file.plan.jobs)
    factors = [one for one in file.plan.factors if one.span is not None and one.number > 1]
    if number > _JOBS and factors:
        widest = max(factors, key=lambda one: one.number)
        told = ", ".join([f"{one.number} {_OF.get(one.key, 'values')} of '{one.key}'" for one in factors])
        message = f"{number} jobs ({told}), run the rare ones only in some builds, such as 'if: type = cron'"
        yield Finding(widest.span or Span(file.source, 0, 0), message)


def _at_most(file: File) -> int:
    """Return a number of jobs that the build cannot exceed: what all lists of the root would multiply to."""
    product = 1
    for key, child in file.root.children.items():
        if key == "env":
            product *= max(len(list(flatten(rows))) for rows in (child.get("jobs") or child, child))
        elif child.kind == "seq" and key not in _NO_AXES:
            product *= max(len(child.items), 1)
    return product + len(file.jobs)


RULE = Rule(
    name="big-matrix",
    severity=Severity.INFO,
    summary="the build has more than twenty jobs",
    why="All jobs of a build share the machines of the account, and each costs a start of its own. Often the oldest and the "
    "newest versions tell as much as all.",
    bad="language: python\npython: ['3.9', '3.10', '3.11', '3.12', '3.13'] # <- here\n"
    "env: [DB=a, DB=b, DB=c, DB=d, DB=e]\nscript: make\n",
    good="language: python\npython: ['3.9', '3.13']\nenv: [DB=a, DB=b, DB=c, DB=d, DB=e]\nscript: make\n",
    check=check,
    trigger=("- ", ","),
    profile="pedantic",
)
