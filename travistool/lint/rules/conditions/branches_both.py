"""`branches.only` and `branches.except` together: the list of `only` decides alone."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    branches = file.root.get("branches")
    if branches is not None and branches.get("only") is not None:
        left_out = branches.get("except")
        if left_out is not None and left_out.given():
            yield Finding(
                left_out.key_span(), "'except' has no effect beside 'only', which lists everything that is built"
            )


RULE = Rule(
    name="branches-both",
    severity=Severity.WARNING,
    summary="`branches` has both `only` and `except`",
    why="Travis looks at `except` only where there is no `only`. A branch that fits both is built.",
    bad="language: python\nbranches:\n  only:\n    - /^release/\n  except: # <- here\n    - release-test\n",
    good="language: python\nbranches:\n  only:\n    - /^release-(?!test)/\n",
    check=check,
    trigger=(("branches", "only", "except"),),
)
