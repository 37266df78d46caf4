"""The same key twice in one map. The earlier ones are lost without a trace."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"duplicate key {quoted(message.args['key'])}, Travis uses only this last one"


RULE = ServiceRule(
    name="duplicate-key",
    code="duplicate_key",
    severity=Severity.ERROR,
    summary="a key is repeated in the same map",
    why="Only the last one counts, so commands, variables or whole jobs are lost silently. Merge them into one.",
    say=_say,
    bad="language: python\nscript: make lint\nscript: make test # <- here\n",
    good="language: python\nscript:\n  - make lint\n  - make test\n",
)
