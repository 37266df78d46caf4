"""A key with dashes or capital letters where Travis has underscores."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import rename_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"key {quoted(message.args['original'])} should be written '{message.args['key']}'"


def _fix(message: Message) -> Fix | None:
    return rename_key(message, message.args["key"])


RULE = ServiceRule(
    name="underscore-key",
    code="underscore_key",
    severity=Severity.INFO,
    summary="a key has dashes or capitals instead of underscores",
    why="Travis corrects the key and goes on. To other tools the key is unknown: write it with underscores.",
    say=_say,
    fix=_fix,
    bad="language: ruby\nbefore-install: make deps # <- here\n",
    good="language: ruby\nbefore_install: make deps\n",
)
