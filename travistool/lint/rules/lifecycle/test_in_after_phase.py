"""Tests after the script: their result does not count."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.published import TESTERS, tests
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_PHASES = ("after_success", "after_script")
_MEASURING = (
    "cover",
    "lcov",
    "jacoco",
    "cobertura",
    "codecov",
    "sonar",
    "codacy",
    "scrutinizer",
    "codeclimate",
    "clover",
)


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *TESTERS):
        # What measures coverage runs the tests again, and need not fail.
        if command.phase not in _PHASES or any(word in command.text.lower() for word in _MEASURING):
            continue
        name = tests(one)
        if name:
            message = f"the job passes even if {quoted(name)} fails in '{command.phase}', move it to 'script'"
            yield Finding(command.span(one.start, one.end), message)


RULE = Rule(
    name="test-in-after-phase",
    severity=Severity.WARNING,
    summary="tests run where failures are ignored",
    why="Travis ignores the status of commands after the script: the build is green whatever these tests say. Only what is in "
    "`script` counts.",
    bad="language: node_js\nscript: npm run build\nafter_success: npm test # <- here\n",
    good="language: node_js\nscript:\n  - npm run build\n  - npm test\n",
    check=check,
    trigger=tuple((phase, name) for phase in _PHASES for name in TESTERS),
)
