r"""Ruby's regular expressions (Onigmo, as in Ruby 3.2), evaluated by Python's `re`.

A pattern is rewritten part by part; nothing is passed through unseen. Only whether a text matches is of interest.

| Ruby | Python | why |
|---|---|---|
| `^` `$` | lookarounds | they anchor lines; `^` does not match behind a line end that ends the text |
| `\A` `\z` `\Z` `\G` | `\A` `\Z` lookahead `\A` | `\Z` allows one line end; a search starts at the start |
| `.`, `(?m)` | `.`, `(?s:.)` | `m` is Python's `s` |
| `\w \d \s \h` and capitals | sets of ASCII | ASCII only in Ruby |
| `\b`, `[[:alpha:]]`, `\p{Alpha}` | sets of ASCII | Unicode in Ruby, hence refused for text beyond ASCII |
| `(?i)` | the same | refused for text beyond ASCII, where Ruby folds `ss` and the like |
| `(?i)` inside | group up to the next `)` | includes later alternatives: `a(?i)b|c` is `a(?i:b|c)` |
| `(?x)` | blanks and comments dropped | |
| `(?<name>)`, `\k<name>` | numbers | other groups do not capture then |
| `[a[b]&&c]` | alternatives, lookaheads | Python has no set operations |
| `(?<=a|bc)` | one lookbehind each | Python wants equal lengths |
| `{n,m}+` `{n}?` `**` | nested groups | not possessive, not lazy, allowed |
| `(?>)` `*+` `?+` `++` | the same | |
| `\R` `\K` | set, nothing | |

No equal, UntranslatableRegexError: `\g<>`, `\X`, `(?~)`, `(?(1))`, `(?a)`, `(?u)`, `(?d)`, `\c`, `\C-`, `\M-`, bytes
beyond ASCII, other properties, names used twice, references to groups that are still open or follow.

As in Ruby, some patterns take exponential time on some texts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.regex_sets import SHORTHANDS, CharacterSet, RubyRegexError, read_escape

__all__ = ["Pattern", "RubyRegexError", "compile"]

_MAX_REPEAT = 100_000
_MAX_DEPTH = 100
_ANCHORS = {
    "A": r"\A",
    "z": r"\Z",
    "Z": r"(?=\n?\Z)",
    "G": r"\A",
    "b": r"\b",
    "B": r"\B",
    "K": "(?:)",
    "R": "(?>\r\n|[\n-\r\x85\u2028\u2029])",
}
_INTERVAL = re.compile(r"\{(?:(\d+)(,)?(\d+)?|,(\d+))\}", re.ASCII)
_OPTIONS = re.compile(r"([imxadu]+(?:-[-imx]*)?|-[-imx]*)(?=[:)])")
_NAME = re.compile(r"[^\W\d]\w*")
_REFERENCE = re.compile(r"k(?:<([^>]*)>|'([^']*)')")


class Pattern:
    """A pattern ready to search. `is_ascii` tells that it must not see text beyond ASCII."""

    __slots__ = ("is_ascii", "regex", "source")

    def __init__(self, source: str, regex: re.Pattern[str], is_ascii: bool) -> None:
        self.source = source
        self.regex = regex
        self.is_ascii = is_ascii

    def search(self, text: str) -> bool:
        """Return whether the pattern matches somewhere in `text`. Raises UntranslatableRegexError."""
        if self.is_ascii and not text.isascii():
            raise UntranslatableRegexError(self.source, "letters beyond ASCII")
        return self.regex.search(text) is not None


@lru_cache(maxsize=256)
def compile(source: str) -> Pattern:  # noqa: A001  used as `regex.compile`, like its model
    """Return the Ruby pattern `source` (without slashes) for use here.

    Raises RubyRegexError if Ruby refuses it, UntranslatableRegexError if only Python does.
    """
    translator = _Translator(source, False)
    translated = translator.whole()
    if translator.names:
        translator = _Translator(source, True)
        translated = translator.whole()
    try:
        return Pattern(source, re.compile(translated), translator.is_ascii)
    except (re.error, OverflowError, RecursionError) as error:
        if "look-behind" in str(error):
            raise RubyRegexError("a lookbehind needs a fixed length") from error
        raise UntranslatableRegexError(source, str(error)) from error


class _Translator:
    """Reads the pattern once, from left to right. Methods return source for `re`."""

    def __init__(self, source: str, is_named: bool) -> None:
        self.source = source
        self.at = 0
        self.depth = 0
        self.is_named = is_named
        self.is_ascii = self.is_extended = self.is_dotall = False
        self.groups = 0
        self.closed: set[int] = set()
        self.names: dict[str, int] = {}
        self.references: list[int] = []

    def whole(self) -> str:
        translated = "|".join(self.branches())
        if self.at < len(self.source):
            raise RubyRegexError("a ) has no (")
        if any(number > self.groups for number in self.references):
            raise RubyRegexError("a reference to a group that does not exist")
        if any(number not in self.closed for number in self.references):
            raise self.untranslatable("a reference forward")
        return translated

    def branches(self) -> list[str]:
        """Read alternatives up to a closing bracket or the end. Options set on the way end there."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.untranslatable("deep nesting")
        options = self.is_extended, self.is_dotall
        branches = [self.branch()]
        while self.take("|"):
            branches.append(self.branch())
        self.is_extended, self.is_dotall = options
        self.depth -= 1
        return branches

    def branch(self) -> str:
        parts: list[str] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            if self.skip_blank():
                continue
            quantifier = self.quantifier()
            if not quantifier:
                parts.append(self.part())
            elif not parts:
                raise RubyRegexError(f"nothing to repeat before {quantifier[0]}")
            else:
                parts[-1] = f"(?:{parts[-1]}){quantifier}"
        return "".join(parts)

    def skip_blank(self) -> bool:
        start = self.at
        if self.take("(?#"):
            end = re.compile(r"(?:[^\\)]|\\.)*\)", re.DOTALL).match(self.source, self.at)
            if not end:
                raise RubyRegexError("a comment is not closed")
            self.at = end.end()
        elif self.is_extended and self.source[self.at] in " \t\n\r\f":
            self.at += 1
        elif self.is_extended and self.source[self.at] == "#":
            end_of_line = self.source.find("\n", self.at)
            self.at = end_of_line + 1 if end_of_line >= 0 else len(self.source)
        return self.at > start

    def quantifier(self) -> str:
        for sign in "*+?":
            if self.take(sign):
                return sign + (self.take("?") or self.take("+"))
        match = _INTERVAL.match(self.source, self.at)
        if not match:
            return ""
        self.at = match.end()
        low, comma, high, only_high = match.groups()
        low, high = low or "0", high or only_high or ("" if comma else low)
        if max(len(low), len(high)) > 6 or max(int(low), int(high or 0)) > _MAX_REPEAT:
            raise RubyRegexError("a repeat count is too big")
        if high and int(low) > int(high):
            raise RubyRegexError("a repeat count is smaller than the one before it")
        # `{n}?` and `{n,m}+` are two quantifiers in Ruby, so only `{n,m}?` is taken here.
        lazy = self.take("?") if comma or only_high else ""
        return f"{{{low},{high}}}{lazy}"

    def part(self) -> str:
        character = self.source[self.at]
        self.at += 1
        match character:
            case "\\":
                return self.escape()
            case "[":
                return self.character_set()
            case "(":
                return self.group()
            case ".":
                return "(?s:.)" if self.is_dotall else "."
            case "^":
                return r"(?:\A|(?<=\n)(?!\Z))"
            case "$":
                return r"(?=\n|\Z)"
            case _:
                return re.escape(character)

    def character_set(self) -> str:
        reader = CharacterSet(self.source, self.at)
        translated = reader.read()
        self.at = reader.at
        self.is_ascii = self.is_ascii or reader.is_ascii
        return translated

    def escape(self) -> str:
        letter = self.source[self.at : self.at + 1]
        if letter in SHORTHANDS and letter:
            self.at += 1
            return f"[{SHORTHANDS[letter]}]"
        if letter in _ANCHORS and letter:
            self.at += 1
            self.is_ascii = self.is_ascii or letter in "bB"
            return _ANCHORS[letter]
        if letter in {"X", "g"}:
            raise self.untranslatable("\\" + letter)
        if reference := _REFERENCE.match(self.source, self.at):
            self.at = reference.end()
            return self.reference(reference[1] if reference[1] is not None else reference[2])
        number = re.compile(r"[1-9]\d*", re.ASCII).match(self.source, self.at)
        if number and (len(number[0]) == 1 or (len(number[0]) < 4 and int(number[0]) <= self.groups)):
            self.at = number.end()
            if self.is_named:
                raise RubyRegexError("references by number do not go with named groups")
            return self.backreference(int(number[0]))
        if letter in {"p", "P"} and self.source.startswith("{", self.at + 1):
            reader = CharacterSet(self.source, self.at)
            body = reader.property_()
            self.at, self.is_ascii = reader.at, True
            return f"[{body}]"
        character, self.at = read_escape(self.source, self.at)
        return re.escape(character)

    def reference(self, name: str) -> str:
        if re.fullmatch(r"-?[1-9]\d{0,3}", name, re.ASCII):
            if self.is_named:
                raise RubyRegexError("references by number do not go with named groups")
            number = int(name) if int(name) > 0 else self.groups + 1 + int(name)
            if number < 1:
                raise RubyRegexError(f"a reference to {name}, which does not exist")
            return self.backreference(number)
        if not _NAME.fullmatch(name):
            raise self.untranslatable(f"\\k<{name}>")
        if name not in self.names:
            raise RubyRegexError(f"a reference to {name}, which does not exist")
        return self.backreference(self.names[name])

    def backreference(self, number: int) -> str:
        self.references.append(number)
        if number <= self.groups and number not in self.closed:
            raise self.untranslatable("a reference to an open group")
        return rf"(?:\{number})"

    def group(self) -> str:
        if not self.take("?"):
            return self.enclosed("(?:") if self.is_named else self.capture()
        for opening in (":", "=", "!", ">"):
            if self.take(opening):
                return self.enclosed(f"(?{opening}")
        for opening in ("<=", "<!"):
            if self.take(opening):
                branches = [f"(?{opening}{branch})" for branch in self.closed_branches()]
                return f"(?:{('|' if opening == '<=' else '').join(branches)})"
        for opening, closing in (("<", ">"), ("'", "'")):
            if self.take(opening):
                return self.named(closing)
        if self.source.startswith(("~", "("), self.at):
            raise self.untranslatable("(?" + self.source[self.at])
        return self.options()

    def named(self, closing: str) -> str:
        end = self.source.find(closing, self.at)
        name = self.source[self.at : end]
        if end < 0 or not _NAME.fullmatch(name):
            raise RubyRegexError("a group has no proper name")
        if name in self.names:
            raise self.untranslatable(f"two groups named {name}")
        self.at = end + 1
        self.names[name] = self.groups + 1
        return self.capture()

    def capture(self) -> str:
        self.groups += 1
        number = self.groups
        translated = self.enclosed("(")
        self.closed.add(number)
        return translated

    def options(self) -> str:
        """Read `(?i)`, which holds up to the end of the group around it, or `(?i:...)`."""
        match = _OPTIONS.match(self.source, self.at)
        if not match:
            raise RubyRegexError("an unknown kind of group")
        self.at = match.end(1)
        letters, (on, _, off) = match[1], match[1].partition("-")
        if set(on) & set("adu"):
            raise self.untranslatable(f"(?{letters})")
        before = self.is_extended, self.is_dotall
        for letter in letters.replace("-", ""):
            is_on = letter in on and letter not in off
            if letter == "x":
                self.is_extended = is_on
            elif letter == "m":
                self.is_dotall = is_on
        case = "" if "i" not in letters else "-i" if "i" in off else "i"
        if case == "i" and not self.source.isascii():
            raise self.untranslatable("(?i) with letters beyond ASCII")
        self.is_ascii = self.is_ascii or case == "i"
        self.at += 1
        if self.source[self.at - 1] == ":":
            translated = self.enclosed(f"(?{case}:")
        else:
            translated = f"(?{case}:{'|'.join(self.branches())})"
        self.is_extended, self.is_dotall = before
        return translated

    def enclosed(self, opening: str) -> str:
        return f"{opening}{'|'.join(self.closed_branches())})"

    def closed_branches(self) -> list[str]:
        branches = self.branches()
        if not self.take(")"):
            raise RubyRegexError("a ( is not closed")
        return branches

    def take(self, text: str) -> str:
        if not self.source.startswith(text, self.at):
            return ""
        self.at += len(text)
        return text

    def untranslatable(self, part: str) -> UntranslatableRegexError:
        return UntranslatableRegexError(self.source, part)
