"""Publishing after the script: when it fails nobody hears of it, and without a condition pull requests publish, too."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.published import VERBS, publishes
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_PHASES = ("after_success", "after_failure", "after_script")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *VERBS):
        name = publishes(one) if command.phase in _PHASES else ""
        if name:
            message = f"when {quoted(name)} fails in '{command.phase}', the job still passes, make it a deployment"
            yield Finding(command.span(one.start, one.end), message)


RULE = Rule(
    name="deploy-in-after-success",
    severity=Severity.INFO,
    summary="something is published where failures are ignored",
    why="Travis ignores the status of commands after the script: a release that was never made looks like one. A deployment "
    "(`provider: script` runs any command) fails the job, and has conditions of its own.",
    bad="language: node_js\nafter_success: npm publish # <- here\n",
    good="language: node_js\ndeploy:\n  provider: npm\n  on:\n    tags: true\n",
    check=check,
    trigger=tuple((phase, name) for phase in _PHASES for name in VERBS),
    profile="strict",
)
