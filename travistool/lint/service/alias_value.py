"""Another name of a known value. Travis replaces it; readers and tools may not know it."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import replace_value
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"{quoted(message.args['alias'])} is another name for '{message.args['value']}'"


def _fix(message: Message) -> Fix | None:
    return replace_value(message, message.args["value"])


RULE = ServiceRule(
    name="alias-value",
    code="alias_value",
    severity=Severity.INFO,
    summary="a value is written with another of its names",
    why="Travis replaces the name and goes on. Other tools and readers may not know it: use the value itself.",
    say=_say,
    fix=_fix,
    bad="language: python\nservices:\n  - redis-server # <- here\n",
    good="language: python\nservices:\n  - redis\n",
)
