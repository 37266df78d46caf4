"""`TRAVIS_PULL_REQUEST` is `false` or a number, never `true`."""

from collections.abc import Iterator
from re import finditer

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.schema.elements import Element, flatten

_COMPARED = r"""\$\{?TRAVIS_PULL_REQUEST\}?["']?\s*(==?|!=)\s*["']?(true)\b"""


def check(file: File) -> Iterator[Finding]:
    for element, text in _texts(file):
        for found in finditer(_COMPARED, text):
            always = "never" if found[1] != "!=" else "always"
            message = f"this {always} holds, for pull requests the variable is a number: compare with 'false'"
            operator, word = within(element, *found.span(1)), within(element, *found.span(2))
            wanted = "=" if found[1] == "!=" else "!="
            yield Finding(
                word,
                message,
                replacement("compare with 'false'", (operator, found[1], wanted), (word, "true", "false")),
            )


def _texts(file: File) -> Iterator[tuple[Element, str]]:
    yield from [(command.element, command.text) for command in file.commands if "PULL_REQUEST" in command.text]
    for deploy in file.deployments:
        on = deploy.element.get("on")
        condition = on.get("condition") if on is not None else None
        yield from [(one, str(one.value)) for one in (flatten(condition) if condition is not None else ())]


RULE = Rule(
    name="pull-request-true",
    severity=Severity.ERROR,
    summary="`TRAVIS_PULL_REQUEST` is compared with `true`",
    why="The variable is the number of the pull request, or `false` for other builds. A comparison with `true` has the same "
    "result in every build.",
    bad='language: c\nscript: test "$TRAVIS_PULL_REQUEST" = true && make check # <- here\n',
    good='language: c\nscript: test "$TRAVIS_PULL_REQUEST" != false && make check\n',
    check=check,
    trigger=(("TRAVIS_PULL_REQUEST", "true"),),
    fix="unsafe",
)
