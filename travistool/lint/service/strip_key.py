"""A key with blanks around it."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import rename_key
from travistool.lint.rule import ServiceRule
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"key '{message.args['original']}' has spaces around it, Travis reads it as '{message.args['key']}'"


def _fix(message: Message) -> Fix | None:
    return rename_key(message, message.args["key"])


RULE = ServiceRule(
    name="strip-key",
    code="strip_key",
    severity=Severity.WARNING,
    summary="a key has spaces around it",
    why="Travis removes the spaces and goes on. To other tools it is another key: remove them.",
    say=_say,
    fix=_fix,
    bad='language: python\n"script ": make test # <- here\n',
    good='language: python\n"script": make test\n',
)
