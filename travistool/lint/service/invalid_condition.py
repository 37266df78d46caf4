"""A condition that cannot be read. Travis then stops before it starts any job."""

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message


def _say(message: Message) -> str:
    from travistool.grammar.conditions import check  # noqa: PLC0415  only files with a faulty condition need it

    text = str(message.args["condition"])
    choice = message.element.root().get("conditions")
    problem = check(text, "v0" if choice is not None and choice.value == "v0" else "v1")
    if problem is None:
        return f"{quoted(text)} is no condition"
    if problem.suggestion:
        return f"{problem.message}, write '{problem.suggestion}'"
    part = text[problem.start : problem.end].strip()
    place = f" at {quoted(part)}" if part and part not in problem.message and part != text.strip() else ""
    return f"{problem.message}{place}"


RULE = ServiceRule(
    name="invalid-condition",
    code="invalid_condition",
    severity=Severity.ERROR,
    summary="an `if` does not have the form of a condition",
    why="Travis refuses the request, so no build starts at all. Conditions are a language of their own, not Bash: "
    "`branch = main`, `env(NAME) = value`, `tag IS present`.",
    say=_say,
    bad="language: python\nif: $TRAVIS_BRANCH = main # <- here\n",
    good="language: python\nif: branch = main\n",
)
