"""A key or value that does nothing with the given language, operating system or release."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.support import is_about_key
from travistool.lint.wording import quoted
from travistool.schema.elements import Element
from travistool.schema.run import Message

_FILTERS = ("jobs.exclude.", "jobs.allow_failures.")


def _say(message: Message) -> str:
    args, element = message.args, message.element
    default = "" if _is_written(element, args["on_key"]) else "the default "
    given = f"{default}'{args['on_key']}: {args['on_value']}'"
    key = quoted(written_key(element))
    if not is_about_key(message):
        return f"{quoted(args['value'])} is not supported as {key} with {given}"
    if message.key.startswith(_FILTERS) or "deploy.on." in message.key:
        return f"{key} never matches with {given}"
    return f"{key} has no effect with {given}"


def _is_written(element: Element, key: str) -> bool:
    """Tell whether the nearest value of `key` is the user's; otherwise Travis has filled it in."""
    outer = element.parent
    while outer is not None:
        child = outer.get(key) if outer.kind == "map" else None
        if child is not None and child.given():
            return child.key_node is not None
        outer = outer.parent
    return False


RULE = ServiceRule(
    name="unsupported",
    code="unsupported",
    severity=Severity.INFO,
    summary="a key or value has no effect with this language, os or dist",
    why="Travis takes the key out of the job, so nothing is installed or selected by it: a job has one language, and "
    "only that language's keys count. Install what else you need in `before_install`. A key at the top level is not "
    "reported when a job under `jobs.include` can use it.",
    say=_say,
    bad='language: python\nrvm: "3.3" # <- here\n',
    good='language: ruby\nrvm: "3.3"\n',
)
