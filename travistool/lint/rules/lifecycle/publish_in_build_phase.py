"""Publishing while the job is still testing: each pull request and each branch publishes, and nothing says whether it is good."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.published import VERBS, publishes
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls, is_conditional
from travistool.lint.subject import Command, File
from travistool.lint.wording import quoted

_FOR_LATER_JOBS = ("BUILD_NUMBER", "BUILD_ID", "JOB_", "COMMIT", "GIT_SHA")
"""What is named after the build is meant for its later jobs."""
_PHASES = ("before_install", "install", "before_script", "script")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *VERBS):
        if command.phase not in _PHASES or is_conditional(one) or _is_guarded(file, command):
            continue
        name = publishes(one)
        if (
            name
            and name[:4] != "aws "
            and name != "semantic-release"
            and "localhost" not in command.text
            and not any(word in command.text for word in _FOR_LATER_JOBS)
        ):
            message = f"{quoted(name)} runs for every build, pull requests too, make it a deployment or add a condition"
            yield Finding(command.span(one.start, one.end), message)


def _is_guarded(file: File, command: Command) -> bool:
    """Tell whether something may keep other builds away: a condition of the build, the job or its stage."""
    if any("TRAVIS_" in one.text and "exit" in one.text for one in file.commands):
        return True
    stages = [
        str(name.value) for one in file.listed("stages") if one.get("if") is not None and (name := one.get("name"))
    ]
    for owner in command.owners:
        stage = owner.get("stage")
        if owner.get("if") is not None or (stage is not None and str(stage.value) in stages):
            return True
    return file.root.get("if") is not None or (command.owners[0] is file.root and file.root.get("branches") is not None)


RULE = Rule(
    name="publish-in-build-phase",
    severity=Severity.WARNING,
    summary="something is published by every build",
    why="Commands of these phases run for each branch and each pull request, before the job has passed: what is "
    "published is untested, overwrites what others need, and on pull requests from forks fails for lack of "
    "credentials.",
    bad="language: node_js\nscript:\n  - npm test\n  - npm publish # <- here\n",
    good="language: node_js\nscript: npm test\ndeploy:\n  provider: npm\n  on:\n    tags: true\n",
    check=check,
    trigger=VERBS,
    profile="strict",
)
