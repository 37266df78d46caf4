"""A key without content. Travis drops it."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    if str(message.args["key"]).endswith("secure"):
        return "'secure' is empty, add the output of 'travis encrypt'"
    return f"{quoted(written_key(message.element))} is empty, Travis ignores it"


RULE = ServiceRule(
    name="empty",
    code="empty",
    severity=Severity.WARNING,
    summary="a key has no value",
    why="Travis ignores the key, so the build may lack a secret or a section that seems to be there. Give it a value "
    "or delete it.",
    say=_say,
    bad="language: python\nenv:\n  global:\n    - secure: # <- here\n",
    good="language: python\nenv:\n  global:\n    - STAGE=test\n",
)
