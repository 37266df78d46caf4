"""Read a condition of version v0, which `conditions: v0` asks for (travis-conditions lib/travis/conditions/v0).

The official grammar is a PEG: alternatives in order, no way back into one that matched. Quirks kept:

- A blank before the first operand negates it: ` branch = master` is NOT. A blank or line end at the end is an error.
- Keywords are lower or upper case, not mixed, and need no boundary. `==` is `=` followed by a text that starts with `=`.
- A bare pattern runs to the next blank, closing brackets included. A pattern or text that is empty reads as `[]`.

Known deviation: nesting deeper than `MAX_DEPTH` is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from travistool.grammar.conditions.parse_v1 import MAX_DEPTH, Failure
from travistool.grammar.conditions.syntax import (
    And,
    Call,
    Compare,
    Expression,
    In,
    Is,
    Match,
    Not,
    Or,
    Regex,
    Value,
    Var,
)

KEYWORDS = ("type", "fork", "repo", "head_repo", "branch", "head_branch", "tag", "draft", "sender", "env")
"""The attributes that the official validator knows (travis-yml doc/validate/condition.rb)."""

_AND, _OR, _NOT = ("and", "AND"), ("or", "OR"), ("not", "NOT")
_IN, _IS, _ENV, _PRESENCE = ("in", "IN"), ("is", "IS"), ("env", "ENV"), ("present", "PRESENT", "blank", "BLANK")
_SPACE = re.compile(r"\s+", re.ASCII)
_NAME = re.compile(r"[\w\-]+", re.ASCII)
_WORD = re.compile(r"""[^\s"'(),]+""", re.ASCII)
_BARE_PATTERN = re.compile(r"\S+", re.ASCII)
# What an empty repetition turns into when the official grammar names it.
_EMPTY = "[]"


def read(text: str, keywords: tuple[str, ...] = KEYWORDS) -> Expression:
    """Return the tree of `text`, whose left sides may be `keywords` or `env(NAME)`. Raises Failure."""
    parser = _Parser(text, keywords)
    tree = parser.alternatives()
    if tree is None or parser.at < len(text):
        parser.miss("an operator or the end" if tree else "an attribute")
        raise Failure(parser.farthest, parser.expected)
    return tree


class _Parser:
    """Methods return None and go back to where they started if their part is not there.

    `farthest` is the last place where something was missing, which is the best guess of what is wrong.
    """

    __slots__ = ("at", "depth", "expected", "farthest", "keywords", "text")

    def __init__(self, text: str, keywords: tuple[str, ...]) -> None:
        self.text = text
        self.keywords = tuple(form for word in keywords or ("",) for form in (word, word.upper()))
        self.at = 0
        self.depth = 0
        self.farthest = -1
        self.expected = ""

    def alternatives(self) -> Expression | None:
        operands = self.chain(_OR, self.conjunction)
        return operands[0] if len(operands) == 1 else Or(operands, operands[0].start, self.at) if operands else None

    def conjunction(self) -> Expression | None:
        operands = self.chain(_AND, self.negation)
        return operands[0] if len(operands) == 1 else And(operands, operands[0].start, self.at) if operands else None

    def chain(self, words: tuple[str, ...], part: Callable[[], Expression | None]) -> tuple[Expression, ...]:
        operands = []
        end = self.at
        while operand := part():
            operands.append(operand)
            end = self.at
            self.space()
            if not self.literal(words, words[1]):
                break
            self.space()
        self.at = end
        return tuple(operands)

    def negation(self) -> Expression | None:
        start = self.at
        self.literal(_NOT, "an attribute")
        if self.space() and (operand := self.term()):
            return Not(operand, start, self.at)
        self.at = start
        return self.term()

    def term(self) -> Expression | None:
        start = self.at
        if self.literal(("(",), "an attribute"):
            tree = self.bracketed()
        else:
            left = self.left_side()
            tree = left and (self.inclusion(left) or self.predicate(left) or self.match(left) or self.comparison(left))
        if tree is None:
            self.at = start
        return tree

    def bracketed(self) -> Expression | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Failure(self.at, "less nesting")
        self.space()
        tree = self.alternatives()
        self.space()
        self.depth -= 1
        return tree if tree and self.literal((")",), ")") else None

    def left_side(self) -> Var | Call | None:
        start = self.at
        if (name := self.literal(_ENV, "an attribute")) and (argument := self.argument()):
            return Call(name, (argument,), start, self.at)
        self.at = start
        for word in self.keywords:
            if self.text.startswith(word, start):
                self.at += len(word)
                return Var(word, start, self.at)
        self.miss("an attribute")
        return None

    def argument(self) -> Value | None:
        if not self.literal(("(",), "("):
            return None
        self.space()
        name = self.word(_NAME, "a name")
        self.space()
        return name if name and self.literal((")",), ")") else None

    def inclusion(self, left: Var | Call) -> In | None:
        start = self.at
        if self.operator(_IN) and self.literal(("(",), "("):
            self.space()
            items = []
            end = self.at
            while item := self.value():
                items.append(item)
                end = self.at
                if not self.literal((",",), ")"):
                    break
                self.space()
            self.at = end
            self.space()
            if items and self.literal((")",), ")"):
                return In("in", left, tuple(items), left.start, self.at)
        self.at = start
        return None

    def predicate(self, left: Var | Call) -> Is | None:
        start = self.at
        if self.operator(_IS) and (word := self.literal(_PRESENCE, "present or blank")):
            return Is("is", left, word.lower(), left.start, self.at)
        self.at = start
        return None

    def match(self, left: Var | Call) -> Match | None:
        start = self.at
        if sign := self.operator(("=~", "!~")):
            pattern = self.quoted("/") or self.word(_BARE_PATTERN, "a pattern")
            if pattern:
                regex = Regex(pattern.text, pattern.start, pattern.end)
                return Match("match" if sign == "=~" else "not_match", left, regex, left.start, self.at)
        self.at = start
        return None

    def comparison(self, left: Var | Call) -> Compare | None:
        start = self.at
        if (sign := self.operator(("=", "!="))) and (right := self.value()):
            return Compare("eq" if sign == "=" else "not_eq", left, right, left.start, self.at)
        self.at = start
        return None

    def operator(self, words: tuple[str, ...]) -> str:
        self.space()
        word = self.literal(words, "an operator")
        self.space()
        return word

    def value(self) -> Value | None:
        return self.word(_WORD, "a value") or self.quoted('"') or self.quoted("'")

    def word(self, pattern: re.Pattern[str], expected: str) -> Value | None:
        match = pattern.match(self.text, self.at)
        if not match:
            self.miss(expected)
            return None
        self.at = match.end()
        return Value(match[0], False, match.start(), match.end())

    def quoted(self, quote: str) -> Value | None:
        start = self.at
        if not self.text.startswith(quote, start):
            return None
        end = self.text.find(quote, start + 1)
        if end < 0:
            self.miss(quote, len(self.text))
            return None
        self.at = end + 1
        return Value(self.text[start + 1 : end] or _EMPTY, True, start, self.at)

    def literal(self, words: tuple[str, ...], expected: str) -> str:
        for word in words:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return word
        self.miss(expected)
        return ""

    def space(self) -> bool:
        match = _SPACE.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match is not None

    def miss(self, expected: str, at: int | None = None) -> None:
        at = self.at if at is None else at
        if at > self.farthest:
            self.farthest, self.expected = at, expected
