"""Read a condition of version v1, the default (travis-conditions lib/travis/conditions/v1 at c5e8ab1).

A hand-written parser without a tokenizer, since the official one has none: what a character means depends on what
is asked for at its place. Quirks that follow from this, all kept because they decide what a build does:

- Keywords have no boundary: `android` where an operator may stand is `AND roid`, `nothing` is `NOT hing`.
- `env` and `concat` without brackets vanish: `environment = x` compares the constant `ironment`.
- `IS` without a predicate vanishes, `IN` without a list and `=~` without a pattern are accepted.
- An attribute must be followed by a blank, `=`, `,`, `)`, `|` or the end: `branch!=x` compares constants.
- A bare pattern ends at a blank and loses `)` at its end, and `/` at the start and end of each line.

Known deviation: nesting deeper than `MAX_DEPTH` is an error.
"""

import re

from travistool.grammar.conditions.errors import SHELL, SYNTAX
from travistool.grammar.conditions.syntax import (
    And,
    Call,
    Compare,
    Expression,
    In,
    Is,
    Match,
    Not,
    Operand,
    Or,
    Regex,
    Value,
    Var,
)

MAX_DEPTH = 60
"""How deep brackets, NOT and calls may nest."""

_CONTINUATION = re.compile(r"\\\s*[\n\r]", re.ASCII)
_SPACE = re.compile(r"\s*", re.ASCII)
_VAR = re.compile(
    r"(?:type|repo|head_repo|os|dist|group|sudo|language|sender|fork|draft|branch|head_branch|tag|commit_message)"
    r"(?=[\s,=)|]|\Z)",
    re.ASCII,
)
_AND, _OR, _NOT = (re.compile(words, re.IGNORECASE | re.ASCII) for words in (r"and|&&", r"or|\|\|", r"not|!"))
_IN, _IS = re.compile(r"in|not in", re.IGNORECASE | re.ASCII), re.compile(r"is not|is", re.IGNORECASE | re.ASCII)
_FUNCTION = re.compile(r"env|concat", re.IGNORECASE | re.ASCII)
_PREDICATE = re.compile(r"present|blank|true|false", re.IGNORECASE | re.ASCII)
_EQUAL, _MATCH = re.compile(r"==?|!="), re.compile(r"=~|~=|!~")
_OPEN, _CLOSE, _COMMA = re.compile(r"\("), re.compile(r"\)"), re.compile(",")
_WORD = re.compile(r"""[^\s()"',=!]+""", re.ASCII)
_BARE_PATTERN = re.compile(r"\S*[^\s)]", re.ASCII)
_SLASH = re.compile("^/|/$", re.MULTILINE)
_BLANKS = "\0\t\n\v\f\r "


class Failure(Exception):  # noqa: N818  never leaves this package: `parse` turns it into a ConditionError
    """The text stops making sense at `at` (an offset into the text), where `expected` should stand."""

    def __init__(self, at: int, expected: str, kind: str = SYNTAX) -> None:
        super().__init__(expected)
        self.at = at
        self.expected = expected
        self.kind = kind


def read(text: str) -> Expression:
    """Return the tree of `text`. Raises Failure."""
    parser = _Parser(text)
    tree = parser.expression()
    if parser.at < len(parser.text):
        raise parser.failure("the end")
    return tree


class _Parser:
    """`text` has its continued lines joined; `origin` leads from its offsets to those of the given text."""

    __slots__ = ("at", "depth", "origin", "text")

    def __init__(self, text: str) -> None:
        self.text, self.origin = _join_lines(text)
        self.at = 0
        self.depth = 0

    def expression(self) -> Expression:
        operands = [self.conjunction()]
        while self.take_spaced(_OR):
            operands.append(self.conjunction())
        return operands[0] if len(operands) == 1 else Or(tuple(operands), operands[0].start, operands[-1].end)

    def conjunction(self) -> Expression:
        operands = [self.negation()]
        while self.take_spaced(_AND):
            operands.append(self.negation())
        return operands[0] if len(operands) == 1 else And(tuple(operands), operands[0].start, operands[-1].end)

    def negation(self) -> Expression:
        self.space()
        start = self.at
        self.deeper()
        if self.open():
            tree = self.expression()
            self.close()
        elif self.take_spaced(_NOT):
            operand = self.negation()
            tree = Not(operand, self.offset(start), operand.end)
        else:
            tree = self.term()
        self.depth -= 1
        return tree

    def term(self) -> Expression:
        left = self.operand()
        start = left.start
        if word := self.take_spaced(_IN):
            items = self.list_of_values()
            return In("in" if len(word) == 2 else "not_in", left, items, start, self.end())
        if (word := self.take_spaced(_IS)) and (predicate := self.take_spaced(_PREDICATE)):
            return Is("is" if len(word) == 2 else "is_not", left, predicate.lower(), start, self.end())
        if sign := self.take_spaced(_MATCH):
            pattern = self.pattern()
            return Match("not_match" if sign == "!~" else "match", left, pattern, start, self.end())
        if sign := self.take_spaced(_EQUAL):
            right = self.operand()
            return Compare("not_eq" if sign == "!=" else "eq", left, right, start, right.end)
        return left

    def operand(self) -> Operand:
        self.space()
        operand = self.value()
        if operand is None:
            raise self.failure("an operand")
        self.space()
        return operand

    def value(self) -> Operand | None:
        start = self.at
        if name := self.take(_VAR):
            return Var(name, self.offset(start), self.end())
        return self.call() or self.quoted() or self.word()

    def call(self) -> Call | None:
        self.space()
        start = self.at
        name = self.take_spaced(_FUNCTION)
        if not name or not self.open():
            return None
        self.deeper()
        arguments = self.values()
        self.close()
        self.depth -= 1
        return Call(name, arguments, self.offset(start), self.end())

    def list_of_values(self) -> tuple[Operand, ...] | None:
        if not self.open():
            return None
        items = self.values()
        if not items:
            raise self.failure("a list of values")
        self.close()
        return items

    def values(self) -> tuple[Operand, ...]:
        """Read values up to one that no comma follows. As many commas as there are values may end the list."""
        items = []
        while item := self.value():
            items.append(item)
            if not self.take_spaced(_COMMA):
                break
        for _ in items:
            self.take(_COMMA)
        return tuple(items)

    def quoted(self) -> Value | None:
        start = self.at
        quote = self.text[start : start + 1]
        if quote not in {'"', "'"}:
            return None
        end = self.text.find(quote, start + 1)
        if end < 0:
            self.at = len(self.text)
            raise self.failure(quote)
        self.at = end + 1
        return Value(self.text[start + 1 : end], True, self.offset(start), self.end())

    def word(self) -> Value | None:
        self.space()
        start = self.at
        word = self.take(_WORD)
        if not word:
            return None
        if word.startswith("$"):
            self.at = start
            raise self.failure("no dollar", SHELL)
        value = Value(word, False, self.offset(start), self.end())
        self.space()
        return value

    def pattern(self) -> Regex | None:
        if call := self.call():
            return Regex(call, call.start, call.end)
        self.space()
        start = self.at
        written = _delimited(self.text[start:].strip(_BLANKS))
        if not written:
            return None
        self.at += len(written)
        end = self.end()
        self.space()
        return Regex(_SLASH.sub("", written), self.offset(start), end)

    def open(self) -> bool:
        if not self.take_spaced(_OPEN):
            return False
        self.space()
        return True

    def close(self) -> None:
        self.space()
        if not self.take(_CLOSE):
            raise self.failure(")")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.failure("less nesting")

    def space(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches the empty text

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            return ""
        self.at = match.end()
        return match[0]

    def take_spaced(self, pattern: re.Pattern[str]) -> str:
        self.space()
        taken = self.take(pattern)
        self.space()
        return taken

    def offset(self, at: int) -> int:
        return self.origin[at] if self.origin else at

    def end(self) -> int:
        """The offset behind the last character read, blanks left out."""
        at = self.at
        while at and self.text[at - 1] in _BLANKS:
            at -= 1
        return self.origin[at - 1] + 1 if self.origin and at else at

    def failure(self, expected: str, kind: str = SYNTAX) -> Failure:
        return Failure(self.offset(self.at), expected, kind)


def _delimited(rest: str) -> str:
    """Return the pattern at the start of `rest`, with its slashes if it has some."""
    if not rest.startswith("/"):
        match = _BARE_PATTERN.match(rest)
        return match[0] if match else ""
    escaped = False
    for at in range(1, len(rest)):
        if rest[at] == "/" and not escaped:
            return rest[: at + 1]
        # A second backslash escapes as well: after `\\` a slash still belongs to the pattern.
        escaped = rest[at] == "\\"
    return rest


def _join_lines(text: str) -> tuple[str, tuple[int, ...]]:
    """Replace each escaped line end by one blank. The offsets are () if there is none."""
    if "\\" not in text or not _CONTINUATION.search(text):
        return text, ()
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _CONTINUATION.finditer(text):
        parts += (text[at : match.start()], " ")
        origin += (*range(at, match.start()), match.start())
        at = match.end()
    parts.append(text[at:])
    origin += range(at, len(text) + 1)
    return "".join(parts), tuple(origin)
