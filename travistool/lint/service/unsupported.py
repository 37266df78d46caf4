"""A key or value that does nothing with the given language, operating system or release."""

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    args = message.args
    given = f"'{args['on_key']}: {args['on_value']}'"
    key_node = message.element.key_node
    if key_node is not None and message.span.start == key_node.start:
        return f"{quoted(args['key'])} has no effect with {given}"
    return f"{quoted(args['value'])} is not available as '{args['key']}' with {given}"


RULE = ServiceRule(
    name="unsupported",
    code="unsupported",
    severity=Severity.WARNING,
    summary="a key or value has no effect with this language, os or dist",
    why="Travis ignores the key, or cannot start the job with the value. Remove it, or choose what it belongs to.",
    say=_say,
    bad='language: python\nrvm: "3.3" # <- here\n',
    good='language: ruby\nrvm: "3.3"\n',
)
