"""A condition that cannot be read. It never holds."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.grammar.conditions import check
from travistool.grammar.conditions.errors import ConditionError
from travistool.lint.places import inside
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message
from travistool.source import Span


def _problem(message: Message) -> ConditionError | None:
    choice = message.element.root().get("conditions")
    return check(str(message.args["condition"]), "v0" if choice is not None and choice.value == "v0" else "v1")


def _place(message: Message) -> Span:
    problem = _problem(message)
    if problem is None or not str(message.args["condition"]).strip():
        return message.span
    return inside(message, problem.start, problem.end)


def _say(message: Message) -> str:
    text = str(message.args["condition"])
    problem = _problem(message)
    if not text.strip():
        return "'if' is empty, write a condition such as 'branch = main' or delete the key"
    if problem is None:
        return f"{quoted(text)} is not a condition"
    if problem.suggestion:
        mark = '"' if "'" in problem.suggestion else "'"
        return f"{problem.message.partition(';')[0]}, write {mark}{problem.suggestion}{mark}"
    part = text[problem.start : problem.end].strip()
    place = f" at {quoted(part)}" if part and part.strip("/") not in problem.message and part != text.strip() else ""
    return f"{problem.message}{place}"


RULE = ServiceRule(
    name="invalid-condition",
    code="invalid_condition",
    severity=Severity.ERROR,
    summary="an `if` is not a valid condition",
    why="A condition that cannot be read never holds: the build, stage or job that it belongs to does not run. Conditions "
    "are a language of their own, not Bash: `branch = main`, `env(NAME) = value`, `tag IS present`.",
    say=_say,
    place=_place,
    bad="language: python\nif: $TRAVIS_BRANCH = main # <- here\n",
    good="language: python\nif: branch = main\n",
)
