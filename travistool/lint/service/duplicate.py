"""The same name for several things that need names of their own: jobs, or images made by `vm.create`."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    values = message.args["values"]
    if isinstance(values, list):
        name = next(iter(message.element.children.values())).value
        return f"the image name {quoted(name)} is already used by another job, choose another one"
    key, _, names = str(values).partition(": ")
    return f"several items of '{message.key}' have the same '{key}': {quoted(names)}"


RULE = ServiceRule(
    name="duplicate",
    code="duplicate",
    severity=Severity.INFO,
    summary="several jobs or images have the same name",
    why="Jobs with the same name cannot be told apart in the build's list and in notifications. Images made by "
    "`vm.create` overwrite each other, so there Travis refuses the second one. Give each a name of its own.",
    say=_say,
    bad="jobs:\n  include:\n    - name: tests\n      script: make unit\n"
    "    - name: tests # <- here\n      script: make docs\n",
    good="jobs:\n  include:\n    - name: unit tests\n      script: make unit\n"
    "    - name: docs\n      script: make docs\n",
)
