"""A variable in a notification template that Travis does not know."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import shape_of
from travistool.lint.rule import ServiceRule
from travistool.schema.run import Message


def _say(message: Message) -> str:
    from travistool.grammar.similar import suggest  # noqa: PLC0415  only faulty templates need it

    name = str(message.args["var"])
    shape = shape_of(message.element)
    known = shape.variables if shape is not None else ()
    near = suggest(known, name) or next((one for one in known if name.startswith(one)), None)
    hint = f"did you mean '%{{{near}}}'?" if near else "Travis has no such variable"
    return f"unknown variable '%{{{name}}}', {hint}"


RULE = ServiceRule(
    name="unknown-var",
    code="unknown_var",
    severity=Severity.WARNING,
    summary="a template names a variable that does not exist",
    why="Travis has nothing to put in its place, so part of the message is missing.",
    say=_say,
    bad='notifications:\n  irc:\n    channels: "irc.example.org#acme"\n    template: "%{branch_name} built" # <- here\n',
    good='notifications:\n  irc:\n    channels: "irc.example.org#acme"\n    template: "%{branch} built"\n',
)
