"""A key and another of its names in the same map. The other name wins, the key's own value is lost."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    key, other = quoted(message.args["key"]), quoted(message.args["other"])
    return f"{key} is another name for {other}, and where both are present Travis ignores {other}"


RULE = ServiceRule(
    name="overwrite",
    code="overwrite",
    severity=Severity.ERROR,
    summary="a key is present under two of its names",
    why="Travis uses the value under the other name, whatever the order, and drops everything under the key itself, such "
    "as a whole list of jobs. A misspelled key that Travis corrects does the same, silently. Merge both into one.",
    say=_say,
    bad="jobs:\n  include:\n    - script: make test\nmatrix: # <- here\n  fast_finish: true\n",
    good="jobs:\n  include:\n    - script: make test\n  fast_finish: true\n",
)
