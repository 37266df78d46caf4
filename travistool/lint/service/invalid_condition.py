"""A condition that cannot be read. It never holds."""

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
        mark = '"' if "'" in problem.suggestion else "'"
        return f"{problem.message.partition(';')[0]}, write {mark}{problem.suggestion}{mark}"
    part = text[problem.start : problem.end].strip()
    place = f" at {quoted(part)}" if part and part.strip("/") not in problem.message and part != text.strip() else ""
    return f"{problem.message}{place}"


RULE = ServiceRule(
    name="invalid-condition",
    code="invalid_condition",
    severity=Severity.ERROR,
    summary="an `if` does not have the form of a condition",
    why="A condition that cannot be read never holds: the build, stage or job it stands at does not run. Conditions are "
    "a language of their own, not Bash: `branch = main`, `env(NAME) = value`, `tag IS present`.",
    say=_say,
    bad="language: python\nif: $TRAVIS_BRANCH = main # <- here\n",
    good="language: python\nif: branch = main\n",
)
