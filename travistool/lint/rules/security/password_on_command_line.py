"""A password among the words of a command is seen by every process of the machine, and by the log when it is traced."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, Word, call, calls, program
from travistool.lint.subject import Command, File
from travistool.source import Span

_TOOLS = ("docker", "podman", "buildah", "skopeo")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, " login"):
        words = call(one)
        if program(one) not in _TOOLS or "login" not in [word.text for word in words[1:3]]:
            continue
        found = _password(words)
        if found is not None:
            span = command.span(found[0].start, found[-1].end)
            message = f"'{program(one)}' shows the password on its command line, pipe it in with '--password-stdin'"
            yield Finding(span, message, _fix(command, one, found))


def _password(words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    """Return the option with its value: one word or two."""
    for index, word in enumerate(words):
        if word.text in ("-p", "--password"):
            return words[index : index + 2]
        if fullmatch(r"--password=.+|-p(?!assword)\S+", word.text):
            return (word,)
    return None


def _fix(command: Command, one: Simple, found: tuple[Word, ...]) -> Fix | None:
    """Return the command with the password on its input: only where nothing else goes in, and all is written plainly."""
    text = found[-1].raw
    if len(found) == 1:
        text = text.removeprefix("--password=").removeprefix("-p=")
    option, login = command.span(found[0].start, found[-1].end), command.span(one.start, one.end)
    is_as_written = login.text == command.text[one.start : one.end] and one.words[0].start == one.start
    if (
        not is_as_written
        or not fullmatch(r"\"?\$\{?\w+\}?\"?", text)
        or one.link in ("|", "|&")
        or one.words != call(one)
    ):
        return None
    echo = Edit(Span(login.source, login.start, login.start), f"echo {text} | ")
    return Fix("pipe the password in", (echo, Edit(option, "--password-stdin")), safe=False)


RULE = Rule(
    name="password-on-command-line",
    severity=Severity.WARNING,
    summary="a login passes its password as a word of the command",
    why="Every process of the machine can read the words of a command, and `set -x` or an error message prints them. The tool "
    "itself warns of it. With `--password-stdin` the password goes through a pipe.",
    bad='language: c\nscript:\n  - docker login -u "$DOCKER_USER" -p "$DOCKER_PASS" # <- here\n',
    good='language: c\nscript:\n  - echo "$DOCKER_PASS" | docker login -u "$DOCKER_USER" --password-stdin\n',
    check=check,
    trigger=tuple((tool, " login") for tool in _TOOLS),
    fix="unsafe",
)
