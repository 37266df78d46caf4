"""`before_deploy` runs again for each deployment that happens: packing twice may break the second one."""

from __future__ import annotations

from collections.abc import Iterator
from re import findall, search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.schema.elements import Element, flatten


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        phase = owner.get("before_deploy")
        deployments = [one for one in file.deployments if one.owner is owner]
        if phase is None or not phase.given() or len(deployments) < 2 or _is_once(phase):
            continue
        when = [on.plain() if (on := one.element.get("on")) is not None else None for one in deployments]
        same = max(when.count(one) for one in when)
        if same > 1:
            message = f"these commands run before each deployment: {same} times in a job that makes {same} of them"
            yield Finding(phase.key_span(), message)


def _is_once(phase: Element) -> bool:
    """Tell whether a command asks for a variable that it sets itself: then it knows that it comes again."""
    for one in flatten(phase):
        text = str(one.value)
        for name in findall(r"(?:\[ |test )[^\n;\]]*\$\{?(\w+)", text):
            if search(rf"(?<![$\w{{]){name}=", text):
                return True
    return False


RULE = Rule(
    name="before-deploy-per-target",
    severity=Severity.INFO,
    summary="`before_deploy` runs for more than one deployment",
    why="Travis runs `before_deploy` before each deployment whose conditions hold, not once a job. Commands that "
    "pack, tag or commit must be safe to repeat; what must run only once belongs at the end of `script`.",
    bad="language: python\nscript: pytest\nbefore_deploy: ./pack # <- here\n"
    "deploy:\n  - provider: s3\n  - provider: releases\n",
    good="language: python\nscript:\n  - pytest\n  - ./pack\ndeploy:\n  - provider: s3\n  - provider: releases\n",
    check=check,
    trigger=("before_deploy", "before-deploy"),
    profile="strict",
)
