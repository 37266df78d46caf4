"""A command that goes on in the next line as if it were a list: YAML joins the lines, and one command gets all the words."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.document.nodes import Scalar
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands, program
from travistool.lint.subject import written
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.shell import Simple
    from travistool.lint.subject import Command, File
    from travistool.source import Span

_ALONE = frozenset(("cd", "export", "source", "sleep", "pushd", "popd", "travis_retry", "mkdir"))
_WITH: dict[str, frozenset[str]] = {
    "git": frozenset(("add", "checkout", "clone", "commit", "config", "fetch", "pull", "push", "submodule")),
    "npm": frozenset(("ci", "i", "install", "run", "start", "test")),
    "yarn": frozenset(("add", "build", "install", "run", "test")),
    "pip": frozenset(("install",)),
    "pip3": frozenset(("install",)),
    "bundle": frozenset(("exec", "install")),
    "docker": frozenset(("build", "login", "pull", "push", "run", "tag")),
    "docker-compose": frozenset(("build", "down", "up")),
    "sudo": frozenset(("apt", "apt-get", "pip", "service")),
    "apt-get": frozenset(("install", "update")),
    "make": frozenset(("all", "check", "clean", "install", "test")),
}
_TAKES_COMMANDS = frozenset(
    (
        *("bash", "docker", "docker-compose", "env", "echo", "find", "printf", "sh", "ssh", "su", "vagrant", "xargs"),
        *(
            "chroot",
            "conda",
            "nix-shell",
            "schroot",
            "screen",
            "tmux",
            "apt-get",
            "apt",
            "brew",
            "parallel",
            "wait_for",
        ),
    )
)


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        node = written(command.element)
        if not isinstance(node, Scalar) or node.style or "\n" not in file.text[node.start : node.end]:
            continue
        for one in commands(command.text):
            place = _place(command, one)
            if place is not None:
                name = quoted(place.text)
                yield Finding(
                    place, f"{name} does not start a new command, it continues the line before: put '- ' before it"
                )


def _place(command: Command, one: Simple) -> Span | None:
    """Return where a line starts that looks like a command of its own and is none."""
    if program(one) in _TAKES_COMMANDS:
        return None
    for number, word in enumerate(one.words[1:], 1):
        if _starts(one, number) and _is_first_of_line(command, word.start, word.end):
            return command.span(word.start, word.end)
    return None


def _starts(one: Simple, number: int) -> bool:
    """Tell whether a word looks like the start of a command, with the word behind it."""
    word, before = one.words[number], one.words[number - 1]
    if word.quoted or before.text.startswith("-") or before.text in ("exec", "then", "sudo", "time"):
        return False
    following = one.words[number + 1].text if number + 1 < len(one.words) else ""
    return bool(following) and (word.text in _ALONE or following in _WITH.get(word.text, ()))


def _is_first_of_line(command: Command, start: int, end: int) -> bool:
    span = command.span(start, end)
    line = span.source.line(span.first().line)
    return not line[: span.first().column - 1].strip()


RULE = Rule(
    name="glued-commands",
    severity=Severity.WARNING,
    summary="a line that looks like a command is a part of the one before",
    why="Without a dash YAML joins a line to the one above it, so one command gets the words of two: `cd build` "
    "and `make all` become `cd build make all`. Each command needs its own `-`, or `&&` between them.",
    bad="language: c\nscript:\n  - cp config.in config\n    make all # <- here\n",
    good="language: c\nscript:\n  - cp config.in config\n  - make all\n",
    check=check,
    trigger=tuple(
        [f"  {word} " for word in sorted(_ALONE)]
        + [f"  {word} {more}" for word, rest in sorted(_WITH.items()) for more in sorted(rest)]
    ),
)
