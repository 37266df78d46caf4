"""A mistyped key. Travis takes the nearest one it knows."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import rename_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"unknown key {quoted(message.args['original'])}, Travis reads it as '{message.args['key']}'"


def _fix(message: Message) -> Fix | None:
    return rename_key(message, message.args["key"])


RULE = ServiceRule(
    name="find-key",
    code="find_key",
    severity=Severity.WARNING,
    summary="a key is misspelled, and Travis guesses what it means",
    why="The guess is the nearest known key and can be wrong: `state` becomes `stage`. Other tools do not guess.",
    say=_say,
    fix=_fix,
    bad="language: ruby\nbefore_instal: make deps # <- here\n",
    good="language: ruby\nbefore_install: make deps\n",
)
