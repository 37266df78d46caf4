"""A key or value that does nothing with the given language, operating system or release."""

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
    severity=None,
    summary="a key or value has no effect with this language, os or dist",
    why="Travis ignores the key, or cannot start the job with the value. The service leaves this check of its parser out, "
    "and so does `lint`: a key at the top level may be meant for one job of another language. From Python, "
    "`travistool.schema.normalize` makes it with the option `support`.",
    say=_say,
    bad='language: python\nrvm: "3.3" # <- here\n',
    good='language: ruby\nrvm: "3.3"\n',
)
