"""The exact reading of an `env` entry, for those with the quirks that `shell_vars` describes."""

from __future__ import annotations

import re

from travistool.grammar.shell_vars import BLANKS, END, MAX_LEVELS, ShellVarsError

# `\s` is Ruby's through re.ASCII.
_SPACE = re.compile(r"\s+", re.ASCII)
_KEY = re.compile(r"[^\s=]+", re.ASCII)
_PLAIN = re.compile(r'[^"\\]+')
_CHARACTER = re.compile(r"""\\.|(?!\s|"|'|`|\$\{|\$\().""", re.ASCII)
_WORD = re.compile(r"""(?:\\.|(?!\s|"|'|`|\$\{|\$\().)+""", re.ASCII)


class Reader:
    """Walks over stripped text. `shift` is where that text starts in what the caller gave."""

    __slots__ = ("at", "quotes", "shift", "text")

    def __init__(self, text: str, shift: int) -> None:
        self.text = text
        self.shift = shift
        self.at = 0
        self.quotes: list[str] = []

    def pairs(self) -> tuple[tuple[str, str], ...]:
        found = [self.pair()]
        while self.take(_SPACE):
            found.append(self.pair())
        if self.at < len(self.text):
            raise ShellVarsError(self.shift + self.at, END)
        return tuple(pair for pair in found if pair)

    def pair(self) -> tuple[str, str] | None:
        start = self.at
        if self.double_quoted():
            pair = _quoted_pair(self.text[start : self.at], self.shift + start)
            if pair:
                return pair
        key = _KEY.match(self.text, self.at)
        if not key:
            return None
        self.at = key.end()
        if not self.text.startswith("=", self.at):
            return key[0], ""
        self.at += 1
        start = self.at
        while self.value():
            pass
        return key[0], self.text[start : self.at]

    def value(self) -> bool:
        """Step over one part of a value. Its text counts as written, so nothing is collected."""
        if self.text.startswith(("$(", "${"), self.at):
            self.values()
            return True
        return self.quoted() or self.word()

    def values(self) -> None:
        """Step over everything up to a quote that is not ours, or the end: the inside of brackets and quotes."""
        while True:
            if self.text.startswith(("$(", "${"), self.at):
                self.at += 2
            elif not (self.quoted() or self.word() or self.take(_SPACE)):
                return

    def quoted(self) -> bool:
        return self.double_quoted() or self.single_quoted("'") or self.single_quoted("`")

    def single_quoted(self, quote: str) -> bool:
        if not self.text.startswith(quote, self.at):
            return False
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise ShellVarsError(self.shift + len(self.text), quote)
        self.at = end + 1
        return True

    def double_quoted(self) -> bool:
        level = len(self.quotes)
        quote = _quote(level)
        if not self.text.startswith(quote, self.at):
            return False
        if level == MAX_LEVELS:
            raise ShellVarsError(self.shift + self.at, quote)
        self.at += len(quote)
        self.quotes.append(quote)
        self.quoted_text(level)
        self.values()
        self.quoted_text(level)
        self.quotes.pop()
        self.close(quote)
        return True

    def quoted_text(self, level: int) -> None:
        while self.take(_PLAIN) or self.literal(_escaped(level)):
            pass

    def unquote(self) -> str:
        """Return the text inside the quotes at this place, escaped quotes freed by one level."""
        level = len(self.quotes)
        quote = _quote(level)
        if not self.literal(quote):
            return ""
        self.quotes.append(quote)
        inside = self.unquoted_text(level) + self.unquote() + self.unquoted_text(level)
        self.quotes.pop()
        self.close(quote)
        around = "\\" * level + '"' if level else ""
        return around + inside + around

    def unquoted_text(self, level: int) -> str:
        parts = []
        while True:
            start = self.at
            if self.take(_PLAIN):
                parts.append(self.text[start : self.at])
            elif self.literal(_escaped(level)):
                parts.append("\\" * level + _quote(level))
            else:
                return "".join(parts)

    def word(self) -> bool:
        if len(self.quotes) < 2:
            return self.take(_WORD)
        start = self.at
        while not self.text.startswith(self.quotes[-1], self.at) and self.take(_CHARACTER):
            pass
        return self.at > start

    def take(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.at)
        if not match:
            return False
        self.at = match.end()
        return True

    def literal(self, text: str) -> bool:
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def close(self, quote: str) -> None:
        if not self.literal(quote):
            raise ShellVarsError(self.shift + self.at, quote)


def _quoted_pair(text: str, position: int) -> tuple[str, str] | None:
    """Return the first pair inside `text`, which is a double-quoted entry starting at `position`."""
    inside = Reader(text, position).unquote().strip(BLANKS)
    try:
        return Reader(inside, 0).pair()
    except ShellVarsError as error:
        # Offsets in unquoted text mean nothing to the caller: blame the whole entry.
        raise ShellVarsError(position, error.expected) from error


def _quote(level: int) -> str:
    return "\\" * (2 * level) + '"'


def _escaped(level: int) -> str:
    return "\\" * (2 * level + 1) + '"'
