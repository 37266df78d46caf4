"""A value that starts with or contains a known one. Often a list that slipped under the wrong key."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.repairs import replace_value
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    original, value = str(message.args["original"]), message.args["value"]
    if "\n" in message.span.text.rstrip() and " - " in original:
        return f"the lines below '{value}' are part of its value and are lost, move them under a key of their own"
    return f"unknown value {quoted(original)}, Travis reads only '{value}'"


def _fix(message: Message) -> Fix | None:
    # The build stays the same, but the user's other words go.
    return replace_value(message, message.args["value"], safe=False)


RULE = ServiceRule(
    name="clean-value",
    code="clean_value",
    severity=Severity.WARNING,
    summary="a value contains a known value and other text",
    why="Travis uses the part it knows and drops the rest, such as the versions below `language:`. Put the rest under a key.",
    say=_say,
    fix=_fix,
    fix_is_safe=False,
    bad="language: node_js - 20 # <- here\nscript: npm test\n",
    good='language: node_js\nnode_js: "20"\nscript: npm test\n',
)
