"""A key that must be there is missing."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import place
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    key = message.args["key"]
    if key == "provider":
        return "'provider' is missing, name the service to deploy to"
    return f"{quoted(key)} is missing {place(message.element)}, Travis cannot use the section without it"


RULE = ServiceRule(
    name="required",
    code="required",
    severity=Severity.ERROR,
    summary="a required key is missing",
    why="Travis does not know what to do with the section: without its provider, a deployment fails.",
    say=_say,
    bad="language: python\ndeploy:\n  edge: true # <- here\n",
    good="language: python\ndeploy:\n  provider: pypi\n  edge: true\n",
)
