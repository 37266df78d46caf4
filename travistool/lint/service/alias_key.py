"""Another name of a known key. Harmless today, but each reader has to know it, and tools often do not."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import rename_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    return f"{quoted(message.args['alias'])} is another name for '{message.args['key']}'"


def _fix(message: Message) -> Fix | None:
    return rename_key(message, message.args["key"])


RULE = ServiceRule(
    name="alias-key",
    code="alias_key",
    severity=Severity.INFO,
    summary="a key is written with another of its names",
    why="Travis replaces the name and goes on. Other tools and readers may not know it: use the key itself.",
    say=_say,
    fix=_fix,
    bad="language: python\nmatrix: # <- here\n  fast_finish: true\n",
    good="language: python\njobs:\n  fast_finish: true\n",
)
