"""Plain text where a secret belongs. Everyone who can read the file can read it."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    key = quoted(written_key(message.element))
    if message.level == "error":
        return f"the {key} of a vault must be encrypted, write it under 'secure'"
    return f"{key} holds a secret in plain text, encrypt it with 'travis encrypt' and put it under 'secure'"


RULE = ServiceRule(
    name="secure",
    code="secure",
    severity=Severity.ERROR,
    summary="a secret is written as plain text",
    why="Everyone who can read the file, or its history, can use the secret. Make a new one, encrypt it with `travis "
    "encrypt`, or keep it in the repository settings and use `$NAME`.",
    say=_say,
    bad="notifications:\n  slack: acme:XXXXXXXX # <- here\n",
    good="notifications:\n  slack: $SLACK_ROOM\n",
)
