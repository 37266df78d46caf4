"""A key with characters that no key has. Travis drops them and takes what is left."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import rename_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    original, key = message.args["original"], message.args["key"]
    return f"key {quoted(original)} contains characters that keys cannot have, Travis reads it as '{key}'"


def _fix(message: Message) -> Fix | None:
    return rename_key(message, message.args["key"])


RULE = ServiceRule(
    name="clean-key",
    code="clean_key",
    severity=Severity.WARNING,
    summary="a key contains characters that do not belong there",
    why="Travis guesses the key from the rest. The guess may change, and other tools do not guess: use the key itself.",
    say=_say,
    fix=_fix,
    bad="language: python\nscript?!: make test # <- here\n",
    good="language: python\nscript: make test\n",
)
