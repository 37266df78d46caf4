"""A value that does not have the form its key asks for."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    key, value = written_key(message.element), message.args["value"]
    if key == "version":
        return f"{quoted(value)} is not a version requirement, write an operator and a number such as '>= 1.0'"
    return f"{quoted(value)} does not have the format that '{key}' needs"


RULE = ServiceRule(
    name="invalid-format",
    code="invalid_format",
    severity=Severity.ERROR,
    summary="a value does not have the format that its key needs",
    why="Travis cannot use the value. A `version` needs an operator, a space and a number.",
    say=_say,
    bad="version: latest # <- here\nlanguage: python\n",
    good='version: ">= 1.0"\nlanguage: python\n',
)
