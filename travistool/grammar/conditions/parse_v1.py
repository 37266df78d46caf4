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

from __future__ import annotations

import re

from travistool.grammar.conditions.errors import SHELL, SYNTAX
from travistool.grammar.conditions.syntax import (
    ATTRIBUTES,
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

_BEHIND_ATTRIBUTE = "\t\n\v\f\r ,=)|"
_FUNCTIONS, _PREDICATES = ("env", "concat"), ("present", "blank", "true", "false")
_SPACE = "\t\n\v\f\r "
_WORD_ENDS = frozenset(_SPACE + "()\"',=!")
_BLANKS = "\0" + _SPACE

# Patterns that few conditions need are kept as text: each costs up to a millisecond to compile.
_CONTINUATION = r"(?a)\\\s*[\n\r]"
_BARE_PATTERN = r"(?a)\S*[^\s)]"
_SLASH = "(?m)^/|/$"
_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


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
    """`text` has its continued lines joined; `origin` leads from its offsets to those of the given text.

    `lower` is `text` with its ASCII letters in lower case.
    """

    __slots__ = ("at", "depth", "lower", "origin", "text")

    def __init__(self, text: str) -> None:
        self.text, self.origin = _join_lines(text)
        self.lower = self.text.translate(_LOWER)
        self.at = 0
        self.depth = 0

    def expression(self) -> Expression:
        operands = [self.conjunction()]
        while self.take_spaced("or", "||"):
            operands.append(self.conjunction())
        return operands[0] if len(operands) == 1 else Or(tuple(operands), operands[0].start, operands[-1].end)

    def conjunction(self) -> Expression:
        operands = [self.negation()]
        while self.take_spaced("and", "&&"):
            operands.append(self.negation())
        return operands[0] if len(operands) == 1 else And(tuple(operands), operands[0].start, operands[-1].end)

    def negation(self) -> Expression:
        self.space()
        start = self.at
        self.deeper()
        if self.open():
            tree = self.expression()
            self.close()
        elif self.take_spaced("not", "!"):
            operand = self.negation()
            tree = Not(operand, self.offset(start), operand.end)
        else:
            tree = self.term()
        self.depth -= 1
        return tree

    def term(self) -> Expression:
        left = self.operand()
        start = left.start
        if word := self.take_spaced("in", "not in"):
            items = self.list_of_values()
            return In("in" if len(word) == 2 else "not_in", left, items, start, self.end())
        if (word := self.take_spaced("is not", "is")) and (predicate := self.take_spaced(*_PREDICATES)):
            return Is("is" if len(word) == 2 else "is_not", left, predicate.lower(), start, self.end())
        if sign := self.take_spaced("=~", "~=", "!~"):
            pattern = self.pattern()
            return Match("not_match" if sign == "!~" else "match", left, pattern, start, self.end())
        if sign := self.take_spaced("==", "=", "!="):
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
        if name := self.attribute():
            return Var(name, self.offset(start), self.end())
        return self.call() or self.quoted() or self.word()

    def attribute(self) -> str:
        for name in ATTRIBUTES:
            end = self.at + len(name)
            if self.text.startswith(name, self.at) and self.text[end : end + 1] in _BEHIND_ATTRIBUTE:
                self.at = end
                return name
        return ""

    def call(self) -> Call | None:
        self.space()
        start = self.at
        name = self.take_spaced(*_FUNCTIONS)
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
            if not self.take_spaced(","):
                break
        for _ in items:
            self.take(",")
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
        end = start
        while end < len(self.text) and self.text[end] not in _WORD_ENDS:
            end += 1
        word = self.text[start:end]
        if not word:
            return None
        self.at = end
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
        return Regex(re.sub(_SLASH, "", written), self.offset(start), end)

    def open(self) -> bool:
        if not self.take_spaced("("):
            return False
        self.space()
        return True

    def close(self) -> None:
        self.space()
        if not self.take(")"):
            raise self.failure(")")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.failure("less nesting")

    def space(self) -> None:
        text, at = self.text, self.at
        while at < len(text) and text[at] in _SPACE:
            at += 1
        self.at = at

    def take(self, *words: str) -> str:
        """Step over the first of the words, all in lower case, that stands here; return it as written."""
        start = self.at
        for word in words:
            if self.lower.startswith(word, start):
                self.at = start + len(word)
                return self.text[start : self.at]
        return ""

    def take_spaced(self, *words: str) -> str:
        self.space()
        taken = self.take(*words)
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
        match = re.match(_BARE_PATTERN, rest)
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
    if "\\" not in text or not re.search(_CONTINUATION, text):
        return text, ()
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for match in re.finditer(_CONTINUATION, text):
        parts += (text[at : match.start()], " ")
        origin += (*range(at, match.start()), match.start())
        at = match.end()
    parts.append(text[at:])
    origin += range(at, len(text) + 1)
    return "".join(parts), tuple(origin)
