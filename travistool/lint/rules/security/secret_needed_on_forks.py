"""Pull requests from forks get no secrets: what cannot go on without one ends the whole job in an error."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, call, calls, commands, is_conditional, program
from travistool.lint.subject import Command, File
from travistool.schema.elements import Element
from travistool.source import Span

_SETUP = ("before_install", "install", "before_script")
_KEY = r"\$\{?encrypted_\w+_(?:key|iv)\b"
_LOGINS = ("docker", "podman")
_GUARD = r"(?:exit 0|travis_terminate 0|return)\b"


def check(file: File) -> Iterator[Finding]:
    if file.root.get("if") is not None:
        return
    guarded = _guarded(file)
    for command, one in calls(file, "encrypted_", "login"):
        if command.phase not in _SETUP or any(owner in guarded for owner in command.owners):
            continue
        what = _needs(one)
        is_seen_to = (is_conditional(one) and _has_test(command)) or one.rescued or one.next in ("|", "&")
        if what and not is_seen_to and not any(block in ("if", "$(", "<(") for block in one.inside):
            message = f"{what}, so pull requests from forks fail here, test '$TRAVIS_SECURE_ENV_VARS' first"
            yield Finding(command.span(one.start, call(one)[1].end), message, _fix(command, one))


def _fix(command: Command, one: Simple) -> Fix | None:
    """Return a test before the command, where that is all there is."""
    span = command.span(one.start, call(one)[1].end)
    if len(commands(command.text)) > 1 or one.start or not command.text.startswith(span.text):
        return None
    start = Span(span.source, span.start, span.start)
    return Fix("leave it out without secrets", (Edit(start, "test $TRAVIS_SECURE_ENV_VARS = false || "),), safe=False)


def _guarded(file: File) -> list[Element]:
    """Return the root or jobs that never run for forks, or end early there, by a condition or a command."""
    stages = any(one.get("if") is not None for one in file.listed("stages"))
    found = [owner for owner in file.owners if owner is not file.root and (stages or owner.get("if") is not None)]
    for command in file.commands:
        if search(_GUARD, command.text) and search(r"TRAVIS_(?:SECURE|PULL|EVENT)", command.text):
            found += command.owners
    return found


def _needs(one: Simple) -> str:
    words = [word.text for word in call(one)]
    if program(one) == "openssl" and any(search(_KEY, word) for word in words):
        return "only builds with secrets can decrypt this"
    if program(one) in _LOGINS and words[1:2] == ["login"] and any("$" in word for word in words):
        return "only builds with secrets can log in"
    return ""


def _has_test(command: Command) -> bool:
    names = ("[", "[[", "test")
    return any(program(one) in names for one in commands(command.text)) or "TRAVIS_" in command.text


RULE = Rule(
    name="secret-needed-on-forks",
    severity=Severity.WARNING,
    summary="a command in a setup phase fails without secrets, as on pull requests from forks",
    why="Travis gives encrypted variables to no pull request from a fork. A command that needs one fails, and a "
    "failure before `script` ends the job as errored: no contributor sees their tests run. Run it only where "
    "the secrets are available.",
    bad="language: c\nbefore_install:\n  - openssl aes-256-cbc -K $encrypted_0a64_key -in a.enc -d # <- here\n",
    good='language: c\nbefore_install:\n  - if [ "$TRAVIS_SECURE_ENV_VARS" = true ]; then ./decrypt; fi\n',
    check=check,
    trigger=("encrypted_", ("docker", "login"), ("podman", "login")),
    fix="unsafe",
)
