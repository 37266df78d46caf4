"""`TRAVIS_PULL_REQUEST` is `false` or a number, never `true` and never empty."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.schema.elements import Element, flatten

_NAME = r"""["']?\$(?:TRAVIS_PULL_REQUEST(?!\w)|\{TRAVIS_PULL_REQUEST\})["']?"""
_COMPARED = rf"""{_NAME}\s*(==?|!=)\s*["']?(true)\b"""
_REVERSED = rf"""(?<![\w$])["']?(true)["']?\s+(==?|!=)\s*{_NAME}"""
_EMPTY = rf"""(?:\[|\btest|&&|\|\||!)\s+(-[nz])\s+{_NAME}(?=\s*(?:\]|&&|\|\||;|\Z))"""


def check(file: File) -> Iterator[Finding]:
    for element, text in _texts(file):
        for found in (*finditer(_COMPARED, text), *finditer(_REVERSED, text)):
            first, second = (1, 2) if found[2] == "true" else (2, 1)
            sign = found[first]
            message = (
                f"this {_holds(sign == '!=')} holds, for pull requests the variable is a number: compare with 'false'"
            )
            operator, word = within(element, *found.span(first)), within(element, *found.span(second))
            wanted = "=" if sign == "!=" else "!="
            fix = replacement("compare with 'false'", (operator, sign, wanted), (word, "true", "false"))
            yield Finding(word, message, fix)
        for found in finditer(_EMPTY, text):
            message = (
                f"this {_holds(found[1] == '-n')} holds, without a pull request the variable is 'false', not empty"
            )
            yield Finding(within(element, *found.span(1)), message)


def _holds(always: bool) -> str:
    return "always" if always else "never"


def _texts(file: File) -> Iterator[tuple[Element, str]]:
    yield from [(command.element, command.text) for command in file.commands if "PULL_REQUEST" in command.text]
    for deploy in file.deployments:
        on = deploy.element.get("on")
        condition = on.get("condition") if on is not None else None
        yield from [(one, str(one.value)) for one in (flatten(condition) if condition is not None else ())]


RULE = Rule(
    name="pull-request-true",
    severity=Severity.ERROR,
    summary="`TRAVIS_PULL_REQUEST` is compared with `true`, or asked whether it is empty",
    why="The variable is the number of the pull request, or `false` for other builds. A comparison with `true` has the same "
    "result in every build, and so has the question whether it is empty.",
    bad='language: c\nscript: test "$TRAVIS_PULL_REQUEST" = true && make check # <- here\n',
    good='language: c\nscript: test "$TRAVIS_PULL_REQUEST" != false && make check\n',
    check=check,
    trigger=(("TRAVIS_PULL_REQUEST", "true"), ("TRAVIS_PULL_REQUEST", "-z"), ("TRAVIS_PULL_REQUEST", "-n")),
    fix="unsafe",
)
