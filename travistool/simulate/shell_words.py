"""The simple commands of a shell text and their words, as far as they can be told without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = r"""(?s)(?P<word>(?:[^\s'"\\;&|<>()`]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)|(?P<redirect>&?>>?&?|<<?<?)|(?P<end>[;&|()`\n])"""
_QUOTES = r"""(?s)'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)"""
_BEFORE = (
    *(
        "sudo",
        "if",
        "then",
        "do",
        "else",
        "elif",
        "while",
        "until",
        "!",
        "{",
        "time",
        "exec",
        "env",
        "nohup",
        "command",
    ),
    *("eval", "travis_retry", "travis_wait", "retry"),
)
"""What stands before a command and runs it."""
_VALUED = ("-u", "-g")
_ASSIGNS = r"[A-Za-z_]\w*="


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each simple command, quotes taken off, what runs it left out. Never empty lists."""
    words: list[str] = []
    is_file = False
    for found in re.finditer(_PIECE, text.replace("\\\n", " ")):
        if found["word"]:
            if not is_file:
                words.append(re.sub(_QUOTES, lambda one: one[1] or one[2] or one[3] or "", found["word"]))
            is_file = False
        elif found["redirect"]:
            is_file = True
        else:
            yield from _command(words)
            words, is_file = [], False
    yield from _command(words)


def _command(words: list[str]) -> Iterator[list[str]]:
    at = 0
    while at < len(words):
        if words[at] in _BEFORE or re.match(_ASSIGNS, words[at]) or (at and words[at].isdigit()):
            at += 1
        elif at and words[at].startswith("-"):
            at += 2 if words[at] in _VALUED else 1
        else:
            break
    if at < len(words):
        yield words[at:]
