"""Printing all variables prints the secret ones too; Travis hides only their exact text."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, commands
from travistool.lint.subject import File
from travistool.lint.wording import quoted
from travistool.schema.elements import Element

_NAMED = r"\$\{?\w*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)"
_ALONE = r"\b(?:(?:print)?env|export(?: +-p)?|set|declare +-p)\s*(?:\Z|[;&\n#})])"


def check(file: File) -> Iterator[Finding]:
    has_secret = any(_is_encrypted(env) for owner in file.owners if (env := owner.get("env")) is not None)
    if not has_secret and not any(search(_NAMED, command.text) for command in file.commands):
        return
    wanted = [one for one in file.commands if search(_ALONE, one.text)]
    for command, one in [(found, one) for found in wanted for one in commands(found.text)]:
        if _prints_all(one) and not any(operator.endswith(">") or ">>" in operator for operator, _ in one.redirects):
            text = " ".join(word.raw for word in one.words)
            message = f"{quoted(text)} prints all variables including the secret ones, print only those you need"
            yield Finding(command.span(one.start, one.end), message)


def _is_encrypted(element: Element) -> bool:
    """Tell whether there is an encrypted value: one of a deployment is no variable, and is not printed."""
    return element.kind == "secure" or any(map(_is_encrypted, (*element.children.values(), *element.items)))


def _prints_all(one: Simple) -> bool:
    words = [word.text for word in one.words if word.text != "sudo"]
    is_read = one.next in ("|", "|&") or any(block in ("$(", "<(") for block in one.inside)
    return not is_read and words in (["env"], ["printenv"], ["export"], ["export", "-p"], ["set"], ["declare", "-p"])


RULE = Rule(
    name="dumps-environment",
    severity=Severity.INFO,
    summary="a command prints all variables of a job that has secret ones",
    why="Travis replaces the exact text of encrypted values in the log. What stands encoded, split over lines or is short "
    "enough to be left alone remains readable. Print the variables that you look for.",
    bad='language: c\nscript:\n  - printenv # <- here\n  - ./report "$API_TOKEN"\n',
    good='language: c\nscript:\n  - echo "$TRAVIS_BRANCH $CC"\n  - ./report "$API_TOKEN"\n',
    check=check,
    trigger=(
        *("printenv", "export -p", "declare -p"),
        *(
            f"{word}{end}"
            for word in ("env", "export", "set")
            for end in ("\n", "\r", ";", " &", " #", "'", '"', "]", ",")
        ),
    ),
    profile="strict",
)
