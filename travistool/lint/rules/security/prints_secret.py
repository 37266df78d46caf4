"""A secret that is printed is in the log: Travis hides only its exact text, and not what a tool makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer, fullmatch, search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, call, calls, program
from travistool.lint.subject import Command, File

_NAMED = r"\$\{?(?P<name>[A-Za-z_]*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)\w*)\}?"
_OPEN = r"(?i)_(?:id|url|file|path|dir|name|user)$"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "echo", "printf", "printenv"):
        if program(one) == "printenv":
            yield from _shown(command, one)
        if program(one) not in ("echo", "printf") or one.redirects or one.next in ("|", "|&"):
            continue
        if any(block in ("$(", "<(", ">(") for block in one.inside) or _is_passed_on(command.text, one):
            continue
        for word in call(one)[1:]:
            for found in finditer(_NAMED, word.raw) if not word.raw.startswith("'") else ():
                at = word.start + found.start()
                is_inner = any(inner.start <= at < inner.end for inner in word.inner)
                if not is_inner and not search(_OPEN, found["name"]):
                    span = command.span(at, word.start + found.end())
                    message = f"this prints '{found['name']}' into the log, remove it or print only its length"
                    yield Finding(span, message)


def _shown(command: Command, one: Simple) -> Iterator[Finding]:
    """Yield the names behind a `printenv` whose output goes into the log."""
    if one.redirects or one.next in ("|", "|&") or any(block in ("$(", "<(") for block in one.inside):
        return
    for word in call(one)[1:]:
        if fullmatch(_NAMED.removeprefix(r"\$\{?").removesuffix(r"\}?"), word.text) and not search(_OPEN, word.text):
            message = f"this prints '{word.text}' into the log, remove it or print only its length"
            yield Finding(command.span(word.start, word.end), message)


def _is_passed_on(text: str, one: Simple) -> bool:
    """Tell whether what a block prints goes elsewhere: `{ echo a; } > file`, `(echo a) | b`, or a quoted script."""
    return (
        bool(one.inside)
        and search(r"[)}]|done|fi", text[one.end :]) is not None
        and search(r"[|>]", text[one.end :]) is not None
    )


RULE = Rule(
    name="prints-secret",
    severity=Severity.WARNING,
    summary="a command prints a variable that is named like a secret",
    why="Logs of public repositories can be read by everyone. Travis replaces the exact text of encrypted values, but not "
    "short ones, not parts of them, and none that is plain in the file. To see whether it is there, print `${#NAME}`.",
    bad='language: c\nscript:\n  - echo "token is $DEPLOY_TOKEN" # <- here\n',
    good='language: c\nscript:\n  - echo "the token has ${#DEPLOY_TOKEN} characters"\n',
    check=check,
    trigger=(("echo", "TOKEN"), ("echo", "SECRET"), ("echo", "PASS"), ("echo", "KEY"), "printf", "printenv"),
)
