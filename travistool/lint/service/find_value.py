"""A mistyped value. Travis takes the nearest one it knows."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import replace_value
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"unknown value {quoted(message.args['original'])}, Travis reads it as '{message.args['value']}'"


def _fix(message: Message) -> Fix | None:
    return replace_value(message, message.args["value"])


RULE = ServiceRule(
    name="find-value",
    code="find_value",
    severity=Severity.WARNING,
    summary="a value is misspelled, and Travis guesses what it means",
    why="The guess is the nearest known value and can be wrong. Other tools do not guess: use the known value.",
    say=_say,
    fix=_fix,
    bad="language: pyhton # <- here\nscript: make test\n",
    good="language: python\nscript: make test\n",
)
