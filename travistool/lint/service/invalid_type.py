"""A value of another kind than its key needs: text for a map, a map for text."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import KINDS, is_private_key, listing, quoted
from travistool.schema.elements import Element
from travistool.schema.run import Message

_PHASES = (
    "before_install",
    "install",
    "before_script",
    "script",
    "before_cache",
    "after_success",
    "after_failure",
    "before_deploy",
    "after_deploy",
    "after_script",
)


def _say(message: Message) -> str:
    element, expected, actual = message.element, message.args["expected"], message.args["actual"]
    subject = _subject(element)
    if expected == "str" and actual == "map" and element.key in _PHASES and len(element.children) == 1:
        return f"a command must be text, but its {_maker(element)} makes it a map, put the command in quotes"
    if element.key == "if" and actual == "seq":
        return "'if' must be a condition such as 'branch = main', not a list"
    if expected == "secure" and actual == "map":
        others = [key for key in element.children if key != "secure"]
        return f"{subject} must be a single value, not a map with the keys {listing(others, 'and')}"
    if expected == "bool" and str(element.value).startswith("$"):
        return f"{subject} must be true or false, Travis does not expand variables such as {quoted(element.value)} here"
    return f"{subject} must be {_wanted(expected)}, not {_given(element, actual)}"


def _subject(element: Element) -> str:
    key = written_key(element)
    parent = element.parent
    # What is written alone where a list belongs became its only item.
    is_item = parent is not None and parent.kind == "seq" and parent.node is not element.node
    return f"an item of {quoted(key)}" if is_item else quoted(key)


def _maker(element: Element) -> str:
    """Return what makes a map of a command."""
    span = element.span()
    return "'{'" if span.source.text.startswith("{", span.start) else "': '"


def _wanted(expected: str) -> str:
    if expected == "secure":
        return "an encrypted value or text"
    return "a map like 'key: value'" if expected == "map" else KINDS.get(expected, expected)


def _given(element: Element, actual: str) -> str:
    if actual == "bool":
        return quoted(element.value)
    if actual not in ("str", "num") or is_private_key(element.key) or is_private_key(written_key(element)):
        return KINDS.get(actual, actual)
    return f"{'the number' if actual == 'num' else 'the text'} {quoted(element.value)}"


RULE = ServiceRule(
    name="invalid-type",
    code="invalid_type",
    severity=Severity.ERROR,
    summary="a value has the wrong type",
    why="Travis cannot use the value: the section is left out or the job fails later, far from here. A command that "
    "became a map has a `: ` in it and needs quotes.",
    say=_say,
    bad="language: python\naddons: chrome # <- here\n",
    good="language: python\naddons:\n  chrome: stable\n",
)
