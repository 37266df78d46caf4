"""An experimental key."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"{quoted(written_key(message.element))} is experimental, Travis may change or remove it"


RULE = ServiceRule(
    name="edge",
    code="edge",
    severity=Severity.INFO,
    summary="a key is experimental",
    why="Travis may change or remove the key without notice, and the build with it. Use it only if you must.",
    say=_say,
    bad="language: python\nstack: connie # <- here\n",
    good="language: python\n",
)
