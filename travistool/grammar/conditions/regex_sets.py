r"""Character sets and escapes of Ruby's regular expressions: `[a-z&&[^x]]`, `[[:alpha:]]`, `\p{Alpha}`, `\x41`.

Source: Onigmo regparse.c, fetch_token_in_cc and parse_char_class, and Ruby's re.c.
"""

from __future__ import annotations

import re

from travistool.grammar.conditions.errors import UntranslatableRegexError

_LAST = "\U0010ffff"
_ASCII_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\0-\x7f",
    "blank": r"\t ",
    "cntrl": "\0-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": "\t-\r ",
    "upper": "A-Z",
    "word": "0-9A-Z_a-z",
    "xdigit": "0-9A-Fa-f",
}
_COMPLEMENTS = {
    "alnum": rf"\0-/:-@\[-`{{-{_LAST}",
    "alpha": rf"\0-@\[-`{{-{_LAST}",
    "ascii": f"\x80-{_LAST}",
    "blank": rf"\0-\x08\n-\x1f!-{_LAST}",
    "cntrl": rf" -~\x80-{_LAST}",
    "digit": rf"\0-/:-{_LAST}",
    "graph": rf"\0- \x7f-{_LAST}",
    "lower": rf"\0-`{{-{_LAST}",
    "print": rf"\0-\x1f\x7f-{_LAST}",
    "punct": rf"\0- 0-9A-Za-z\x7f-{_LAST}",
    "space": rf"\0-\x08\x0e-\x1f!-{_LAST}",
    "upper": rf"\0-@\[-{_LAST}",
    "word": rf"\0-/:-@\[-\^`{{-{_LAST}",
    "xdigit": rf"\0-/:-@G-`g-{_LAST}",
}
POSIX = {False: _ASCII_CLASSES, True: _COMPLEMENTS}
"""Bodies of Python sets by name, by whether the class is negated. Exact for text in ASCII."""

SHORTHANDS = {
    letter.upper() if negated else letter: POSIX[negated][name]
    for letter, name in (("w", "word"), ("d", "digit"), ("s", "space"), ("h", "xdigit"))
    for negated in (False, True)
}
"""What `\\w` and the like stand for inside a set. Exact for any text."""

_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b"}
_POSIX_CLASS = re.compile(r"\[:(\^?)([a-z]+):\]")
_PROPERTY = re.compile(r"([pP])\{(\^?)([^}]*)\}")
_HEX = re.compile(r"[0-9A-Fa-f]{1,2}")
_UNICODE = re.compile(r"u(?:([0-9A-Fa-f]{4})|\{\s*([0-9A-Fa-f]{1,6})\s*\})")
_OCTAL = re.compile(r"[0-7]{1,3}")


class RubyRegexError(ValueError):
    """A pattern that Ruby refuses; the text says why, in our words."""


def read_escape(source: str, at: int) -> tuple[str, int]:
    """Return the character that the escape at `at` (behind the backslash) means, and where it ends."""
    letter = source[at : at + 1]
    if not letter:
        raise RubyRegexError("it ends with a backslash")
    if letter in {"c", "M"} or source.startswith("C-", at):
        raise UntranslatableRegexError(source, "\\" + letter)
    if letter == "x":
        match = _HEX.match(source, at + 1)
        if not match:
            raise RubyRegexError("\\x needs a hexadecimal number")
        return _ascii(int(match[0], 16), source), match.end()
    if letter == "u":
        match = _UNICODE.match(source, at)
        if not match:
            if source.startswith("u{", at) and re.match(r"[\s0-9A-Fa-f]+\}", source[at + 2 :]):
                raise UntranslatableRegexError(source, "\\u{} with several characters")
            raise RubyRegexError("\\u needs four hexadecimal digits")
        code = int(match[1] or match[2], 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise RubyRegexError("\\u names no character")
        return chr(code), match.end()
    if match := _OCTAL.match(source, at):
        return _ascii(int(match[0], 8), source), match.end()
    return _CONTROLS.get(letter, letter), at + 1


def _ascii(code: int, source: str) -> str:
    if code > 0x7F:
        raise UntranslatableRegexError(source, "a byte beyond ASCII")
    return chr(code)


class CharacterSet:
    """Reads the set that starts at `at`, behind its `[`. `is_ascii`: only text in ASCII may be matched with it."""

    def __init__(self, source: str, at: int, depth: int = 0) -> None:
        self.source = source
        self.at = at
        self.depth = depth
        self.is_ascii = False
        self.body: list[str] = []
        self.nested: list[str] = []

    def read(self) -> str:
        """Return source for `re` that matches one character of the set."""
        is_negated = self.take("^")
        if self.source.startswith("]", self.at):
            if "]" not in self.source[self.at + 1 :]:
                raise RubyRegexError("a set is empty")
            self.body.append(r"\]")
            self.at += 1
            self.range_from("]")
        sections = []
        while not self.take("]"):
            if self.at >= len(self.source):
                raise RubyRegexError("a set is not closed")
            if self.take("&&"):
                sections.append(self.section())
            else:
                self.item()
        sections.append(self.section())
        if len(sections) == 1 and is_negated and not sections[0].startswith("(?"):
            return "[^" + sections[0][1:]
        translated = "".join(f"(?={section})" for section in sections[:-1]) + sections[-1]
        return f"(?:(?!{translated})(?s:.))" if is_negated else f"(?:{translated})"

    def section(self) -> str:
        """Return what was read since the last `&&`, and forget it."""
        members = [f"[{''.join(self.body)}]"] if self.body else []
        members += self.nested
        self.body, self.nested = [], []
        return members[0] if len(members) == 1 else f"(?:{'|'.join(members)})" if members else "(?!)"

    def item(self) -> None:
        posix = _POSIX_CLASS.match(self.source, self.at)
        if posix:
            self.at = posix.end()
            self.add_class(self.named(posix[2], bool(posix[1])))
        elif self.take("["):
            self.nest()
        elif self.source.startswith("\\", self.at) and self.source[self.at + 1 : self.at + 2] in SHORTHANDS:
            self.at += 2
            self.add_class(SHORTHANDS[self.source[self.at - 1]])
        elif _PROPERTY.match(self.source, self.at + 1) and self.source[self.at] == "\\":
            self.at += 1
            self.add_class(self.property_())
        else:
            self.range_from(self.character())

    def nest(self) -> None:
        if self.depth > 20:
            raise UntranslatableRegexError(self.source, "deep nesting")
        inner = CharacterSet(self.source, self.at, self.depth + 1)
        self.nested.append(inner.read())
        self.at = inner.at
        self.is_ascii = self.is_ascii or inner.is_ascii
        if self.source.startswith("-", self.at) and not self.source.startswith("-]", self.at):
            raise UntranslatableRegexError(self.source, "- behind a nested set")

    def add_class(self, body: str) -> None:
        self.body.append(body)
        if self.source.startswith("-", self.at) and not self.source.startswith(("-]", "-&&"), self.at):
            raise RubyRegexError("a range starts with a class")

    def range_from(self, first: str) -> None:
        """Add `first`, or the range that it starts."""
        if not self.source.startswith("-", self.at) or self.source.startswith(("-]", "-&&"), self.at):
            self.body.append(_quote(first))
            return
        self.at += 1
        if self.at >= len(self.source):
            raise RubyRegexError("a set is not closed")
        if _POSIX_CLASS.match(self.source, self.at) or re.match(r"\\(?:[wdshWDSH]|[pP]\{)", self.source[self.at :]):
            raise RubyRegexError("a range ends with a class")
        if self.source.startswith("[", self.at):
            raise UntranslatableRegexError(self.source, "a range that ends with a set")
        last = self.character()
        if first > last:
            raise RubyRegexError(f"the range {first}-{last} is empty")
        self.body.append(f"{_quote(first)}-{_quote(last)}")
        if self.source.startswith("-", self.at):  # Behind a range it is a character, even in `[a-c-e]`.
            self.at += 1
            self.body.append(r"\-")

    def character(self) -> str:
        character = self.source[self.at]
        self.at += 1
        if character != "\\":
            return character
        if self.take("b"):
            return "\b"
        character, self.at = read_escape(self.source, self.at)
        return character

    def property_(self) -> str:
        r"""Return the body for `\p{...}`, whose letter stands at `at`."""
        match = _PROPERTY.match(self.source, self.at)
        if not match:
            raise RubyRegexError("a property is not closed")
        self.at = match.end()
        name = re.sub(r"[\s_-]", "", match[3]).lower()
        # \p{Punct} is smaller than [[:punct:]].
        if name not in _ASCII_CLASSES or name == "punct":
            raise UntranslatableRegexError(self.source, match[0])
        return self.named(name, (match[1] == "P") != bool(match[2]))

    def named(self, name: str, is_negated: bool) -> str:
        if name not in _ASCII_CLASSES:
            raise RubyRegexError(f"[:{name}:] is no class")
        self.is_ascii = True
        return POSIX[is_negated][name]

    def take(self, text: str) -> str:
        if not self.source.startswith(text, self.at):
            return ""
        self.at += len(text)
        return text


def _quote(character: str) -> str:
    return "\\" + character if character in r"\]^-[&~|" else character
