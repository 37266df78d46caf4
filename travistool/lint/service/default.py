"""A key with a default is missing. Only the profile `service` shows this; it is true of nearly every file."""

from __future__ import annotations

from travistool.lint.rule import ServiceRule
from travistool.lint.wording import listing
from travistool.schema.run import Message


def _say(message: Message) -> str:
    default = message.args["default"]
    values = default if isinstance(default, list) else [default]
    return f"'{message.args['key']}' is missing, Travis uses {listing(values, 'and')}"


RULE = ServiceRule(
    name="default",
    code="default",
    severity=None,
    summary="a key is missing, and Travis uses its default",
    why="Defaults change from time to time, and the build changes with them. Set the key to keep its value.",
    say=_say,
    bad="language: python # <- here\nos: linux\n",
    good="language: python\nos: linux\ndist: jammy\n",
)
