"""A value that is known but should not be used: the experimental stack images."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    value, key = message.args["value"], written_key(message.element)
    if "stack" in str(message.args["info"]):
        return f"{quoted(value)} is an experimental image, name the actual '{key}' instead"
    return f"{quoted(value)} is a deprecated value of '{key}'"


RULE = ServiceRule(
    name="deprecated-value",
    code="deprecated_value",
    severity=Severity.WARNING,
    summary="a value should no longer be used",
    why="The value is from an experiment that has ended. The build may not start, or may use an unexpected image.",
    say=_say,
    bad="language: __garnet__ # <- here\nscript: make test\n",
    good="language: ruby\nscript: make test\n",
)
