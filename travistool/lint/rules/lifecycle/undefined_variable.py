"""A variable that nothing in the config sets: the settings of the repository may, and if they do not, it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from re import findall, finditer, fullmatch

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands
from travistool.lint.subject import File
from travistool.lint.variables import IMAGE, TRAVIS
from travistool.lint.wording import quoted

# `travis encrypt-file` puts these into the settings.
_OF_CLIENT = r"encrypted_\w+_(?:key|iv)"
_USE = r"(?<!\\)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))"


def check(file: File) -> Iterator[Finding]:
    known: set[str] | None = None
    for command in file.commands:
        for found in finditer(_USE, command.text) if "$" in command.text else ():
            name = found[1] or found[2]
            if name in TRAVIS or name in IMAGE or name.startswith("TRAVIS_") or fullmatch(_OF_CLIENT, name):
                continue
            if known is None:
                known = {variable.name for variable in file.variables} | _assigned(file.text)
            if name not in known and not _is_quoted(command.text, found.start()):
                known.add(name)
                message = f"nothing here sets {quoted(name)}, it is empty unless the settings of the repository have it"
                yield Finding(command.span(found.start(), found.end()), message)


def _is_quoted(text: str, place: int) -> bool:
    """Tell whether a place is in single quotes, where the shell reads no variables."""
    words = [word for one in commands(text) for word in one.words]
    return any(word.start <= place < word.end and word.raw[:1] == "'" for word in words)


def _assigned(text: str) -> set[str]:
    """Return the names that a text seems to set, wherever: by `=`, or by a command that sets variables."""
    assigned = {found[1] for found in finditer(r"(?<![$\w{])([A-Za-z_]\w*)\+?=", text)}
    # `${A:-b}`, `${A+b}` and `-z "$A"` reckon with its being unset.
    assigned |= {found[1] for found in finditer(r"\$\{([A-Za-z_]\w*):?[-+?=]", text)}
    assigned |= {found[1] for found in finditer(r"-[znv] +[\"']?\$?\{?([A-Za-z_]\w*)", text)}
    for found in finditer(r"\b(?:for|read|select|export|printf -v|getopts)\b([^\n;]*)", text):
        assigned.update(findall(r"\w+", found[1]))
    return assigned


RULE = Rule(
    name="undefined-variable",
    severity=Severity.INFO,
    summary="a variable is used that the config does not set",
    why="Scripts, encrypted values and the settings of the repository may set it. Where none does, or on a pull "
    "request from a fork, nothing takes its place.",
    bad="language: c\nscript: ./check --token $CHECK_TOKEN # <- here\n",
    good="language: c\nenv: CHECK_TOKEN=none\nscript: ./check --token $CHECK_TOKEN\n",
    check=check,
    trigger=("$",),
    unless=("secure:",),
    profile="pedantic",
)
