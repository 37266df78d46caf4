"""A list where one value belongs. All items but the first are lost."""

from __future__ import annotations

from travistool.diagnostics import Fix, Severity
from travistool.lint.places import written_key
from travistool.lint.repairs import keep_first
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import is_private_key, quoted
from travistool.schema.elements import Element
from travistool.schema.run import Message


def _say(message: Message) -> str:
    element = message.element
    key = quoted(written_key(element))
    count = len(element.items)
    if count == 1:
        return f"{key} takes a single value, write the only item without the list"
    return f"{key} takes a single value, Travis uses only the first of {count} items{_first(element)}"


def _first(element: Element) -> str:
    first = element.items[0]
    if first.kind not in ("str", "num", "bool") or is_private_key(element.key):
        return ""
    return f", {quoted(first.value)}"


def _fix(message: Message) -> Fix | None:
    return keep_first(message)


RULE = ServiceRule(
    name="unexpected-seq",
    code="unexpected_seq",
    severity=Severity.WARNING,
    summary="a list where a single value is expected",
    why="Travis uses the first item and drops the rest, such as the second command of a script deployment or all "
    "but one version of a job. Join the commands with `&&`, or write one job per version.",
    say=_say,
    fix=_fix,
    fix_is_safe=False,
    bad="language: [python, ruby] # <- here\nscript: make test\n",
    good="language: python\nscript: make test\n",
)
