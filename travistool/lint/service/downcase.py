"""Upper case in a value that Travis reads in lower case."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import replace_value
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    value = str(message.args["value"])
    return f"{quoted(value)} is read as {quoted(value.lower())}, write it in lower case"


def _fix(message: Message) -> Fix | None:
    return replace_value(message, str(message.args["value"]).lower())


RULE = ServiceRule(
    name="downcase",
    code="downcase",
    severity=Severity.INFO,
    summary="a value is written with upper case letters",
    why="Travis lowers the letters and goes on. Other tools compare exactly: use lower case.",
    say=_say,
    fix=_fix,
    bad="language: Python # <- here\nscript: make test\n",
    good="language: python\nscript: make test\n",
)
