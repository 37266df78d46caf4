"""`on.branch` is compared by the shell: a regular expression never fits, and what the shell makes of others is luck."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch, search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        on = deploy.element.get("on")
        if on is None or any((one := on.get(key)) is not None and one.value for key in ("tags", "all_branches")):
            continue
        branch = on.get("branch")
        for one in flatten(branch) if branch is not None else ():
            said = _said(str(one.value))
            if said:
                yield Finding(place(one), f"{quoted(one.value)} {said}")


def _said(text: str) -> str:
    if fullmatch(r"/.+/|\^.*|.*[^\\]\$", text) or search(r"\.\*|\\[.dw]|\(\?", text):
        return "is compared as text and never fits, put a test of $TRAVIS_BRANCH under 'condition'"
    if search(r"[\s()|&;<>]", text):
        return "cannot be a branch and never fits, write a list of branches"
    return ""


RULE = Rule(
    name="pattern-in-on-branch",
    severity=Severity.WARNING,
    summary="`on.branch` of a deployment is a regular expression",
    why="Travis compares the branch with the text by the shell's `=`: regular expressions as in `branches.only` never fit, so "
    "nothing is ever deployed. Write `condition: $TRAVIS_BRANCH =~ ^release/` and `all_branches: true`.",
    bad="language: python\nscript: pytest\ndeploy:\n  provider: script\n  script: ./deploy\n"
    "  on:\n    branch: /^release/ # <- here\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: script\n  script: ./deploy\n"
    "  on:\n    all_branches: true\n    condition: $TRAVIS_BRANCH =~ ^release/\n",
    check=check,
    trigger=(("deploy", "branch"), ("deploy", "on:")),
)
