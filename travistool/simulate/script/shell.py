"""Pieces of bash: words, calls, folds, conditions, functions. A statement is one item of a list; it may hold line breaks."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

Lines: TypeAlias = list[str]

Color = Literal["plain", "green", "red", "yellow"]
_COLORS = {"plain": "0", "green": "32", "red": "31", "yellow": "33"}
_LIVE = r"(?:[\w\s~./:+,@%=?*\[\]-]|\$[A-Za-z_?]\w*|\$\{[\w:-]+\})*\Z"
_NAMED = {"\n": "n", "\t": "t", "\r": "r", "\x1b": "e", "\a": "a", "\b": "b", "\v": "v", "\f": "f"}
_ESCAPED = r"[\"\\\x00-\x1f\x7f]|#(?=[{$@])"


def word(text: str) -> str:
    """Return a text as one word that the shell takes literally."""
    return shlex.quote(text)


def live(text: str) -> str:
    """Return a text as one word in which the shell expands variables and commands."""
    if (len(text) - len(text.rstrip("\\"))) % 2:
        # It would take the closing quote with it.
        text += "\\"
    return f'"{text}"' if re.match(_LIVE, text) else '"' + re.sub(r'(?<!\\)"', r"\"", text) + '"'


def at_home(text: str) -> str:
    """Return a path as one word in which variables count and `~` is the home folder."""
    return live("$HOME" + text[1:]) if text == "~" or text.startswith("~/") else live(text)


def inspected(text: str) -> str:
    """Return a text as Ruby writes it, which is how Travis hands many texts to the shell: `$` and `` ` `` are live in it."""

    def escape(found: re.Match[str]) -> str:
        one = found[0]
        return "\\" + (_NAMED.get(one) or (one if one in '"\\#' else f"u{ord(one):04X}"))

    return f'"{re.sub(_ESCAPED, escape, text)}"'


def call(text: str, *flags: str, display: str | None = None) -> str:
    """Return the statement that runs an entry in the job's shell. `flags` are those of travis_cmd, without dashes."""
    shown = [] if display is None or display == text else ["--display", word(display)]
    return " ".join(["travis_cmd", word(text), *[f"--{flag}" for flag in flags], *shown])


def say(text: str, color: Color = "plain") -> str:
    """Return the statement that prints a line."""
    return f"_job_say {_COLORS[color]} {word(text)}"


def fold(name: str, statements: Iterable[str]) -> Lines:
    """Return statements whose output the log folds under a name."""
    return [f"travis_fold start {name}", *statements, f"travis_fold end {name}"]


def choose(cases: Sequence[tuple[str, Lines]]) -> Lines:
    """Return what runs the first case whose test succeeds. `true` as a test is the case for all others."""
    if not cases:
        return []
    if cases[0][0] == "true":
        return cases[0][1]
    lines: Lines = []
    for number, (test, statements) in enumerate(cases):
        if test == "true":
            lines += ["else", *indented(statements or [":"])]
            break
        lines += [f"{'elif' if number else 'if'} {test}; then", *indented(statements or [":"])]
    return [*lines, "fi"]


def function(name: str, statements: Iterable[str]) -> Lines:
    """Return the definition of a function."""
    return [f"{name}() {{", *indented(statements), "}"]


def indented(statements: Iterable[str]) -> Lines:
    """Return statements one step further in: their first lines, since what follows may be inside quotes."""
    return [f"  {statement}" if statement else "" for statement in statements]


def comment(text: str) -> str:
    """Return a comment of one line, whatever the text holds."""
    return "# " + " ".join(text.split())
