"""Shell text as simple commands, each with its words, where they stand, and under what they run.

No shell and no complete grammar: quotes, comments, here documents, substitutions, lists and blocks are told apart, so
that a rule looks at commands and never at what is only printed or commented out. Never raises: what is not closed goes
on to the end of the text. The reader itself is `shell_text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from re import fullmatch
from typing import TYPE_CHECKING

from travistool.lint.shell_text import Reader, Simple, Word, simple

if TYPE_CHECKING:
    from travistool.lint.subject import Command, File

__all__ = ["Simple", "Word", "call", "calls", "commands", "is_root", "option", "program"]

_CONDITIONS = frozenset(("then", "elif", "else", "case", "function", "while"))
_PREFIXES = frozenset(
    (
        *("sudo", "env", "time", "exec", "command", "builtin", "nohup", "nice", "timeout", "eval", "xvfb-run"),
        *("travis_retry", "travis_wait", "travis_cmd", "retry"),
    )
)
# Options of those words that take a value of their own.
_VALUED = {"sudo": "-[ughpC]", "env": "-[uCS]", "nice": "-n", "timeout": "-[ks]", "xvfb-run": "-[aefnpsw]?[efnpsw]"}


@lru_cache(maxsize=2048)
def commands(text: str) -> tuple[Simple, ...]:
    """Return the simple commands of a text in the order in which they begin, those of substitutions too."""
    alone = simple(text)
    if alone is not None:
        return (alone,)
    return tuple(sorted(Reader(text).read(), key=lambda one: (one.start, -one.end)))


def calls(file: File, *words: str) -> Iterator[tuple[Command, Simple]]:
    """Yield the simple commands of all commands of a file that hold one of some words, with what they are part of."""
    wanted = [word for word in words if word in file.shell]
    if words and not wanted:
        return
    for command in file.commands:
        text = command.text
        if words:
            # A loop, no `any`: each command comes here for each rule.
            for word in wanted:
                if word in text:
                    break
            else:
                continue
        for one in commands(text):
            yield command, one


def call(one: Simple) -> tuple[Word, ...]:
    """Return the words from the program on: without `sudo -E`, `travis_retry`, `env A=1` and their like."""
    words = one.words
    while words and words[0].text in _PREFIXES:
        valued = _VALUED.get(words[0].text, "(?!)")
        rest = 1
        while rest < len(words) and fullmatch(r"-.*|\d+[smhd]?|[A-Za-z_]\w*=.*", words[rest].text):
            rest += 2 if fullmatch(valued, words[rest].text) else 1
        words = words[rest:]
    return words


def program(one: Simple) -> str:
    """Return the name of the program without its folder, `` where only variables are set."""
    words = call(one)
    return words[0].text.rpartition("/")[2] if words else ""


def is_root(one: Simple) -> bool:
    """Tell whether it runs by `sudo`."""
    words = one.words[: len(one.words) - len(call(one))]
    return any(word.text == "sudo" for word in words)


def is_conditional(one: Simple) -> bool:
    """Tell whether it runs only when something else has gone well or wrong."""
    return one.after_test or any(block in _CONDITIONS for block in one.inside)


def option(words: tuple[Word, ...], *names: str) -> Word | None:
    """Return the word of an option: `--user`, `--user=x`, or a letter such as `-k` also in `-fsSk`.

    A letter is looked for in clusters of letters; the value that another option carries does not count.
    """
    for word in words:
        text = word.text
        for name in names:
            if text == name or (name.startswith("--") and text.startswith(f"{name}=")):
                return word
            if len(name) == 2 and name[0] == "-" and fullmatch(r"-[A-Za-z#]+", text) and name[1] in text[1:]:
                return word
    return None
