"""Conditions as `a == "x" and not b =~ /y/`, for systems that write them so, and a reader of such texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from travistool.migrate.conditions import All, Any_, Condition, Matches, Not, Test, tests
from travistool.migrate.globs import for_grep
from travistool.migrate.re2 import is_re2
from travistool.migrate.tasks import Tasks
from travistool.record import Record

_CLASSES = {"digit": "0-9", "alpha": "A-Za-z", "alnum": "A-Za-z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s"}


class Compared(Record):
    """One comparison: `left` is a name of the system, `right` is text as it is written, a pattern with its slashes."""

    left: str
    right: str
    is_pattern: bool


class Both(Record):
    """All of these hold."""

    parts: tuple[Tree, ...]


class Either(Record):
    """One of these holds."""

    parts: tuple[Tree, ...]


class Opposite(Record):
    """This does not hold."""

    part: Tree


class Known(Record):
    """This name has a value: some systems have a word for that, and another one for its opposite."""

    name: str
    missing: str


Tree: TypeAlias = Compared | Both | Either | Opposite | Known


class Words(NamedTuple):
    """A system's words. `like` is its sign for a pattern, `unlike` for one that is not found, `` where it has none."""

    both: str
    either: str
    opposite: str
    like: str
    unlike: str
    true: str
    false: str


def expression(condition: Condition, words: Words, named: Callable[[Test], Tree]) -> str:
    """Return the text of a condition. `named` says a test in names of the system."""
    return _text(_tree(condition, named), words, holds=True, inside="")


def equal(left: str, text: str) -> Compared:
    """Return the comparison with a text, in the quotes that it does not have itself."""
    quote = "'" if '"' in text else '"'
    return Compared(left, f"{quote}{text}{quote}", is_pattern=False)


def found_in(left: str, pattern: str) -> Compared:
    """Return the comparison with one of Ruby's patterns."""
    escaped = for_grep(pattern).replace("\\/", "/").replace("/", "\\/")
    return Compared(left, f"/{escaped}/", is_pattern=True)


def note_patterns(condition: Condition, title: str, tasks: Tasks) -> None:
    """Note the patterns that simple engines do not know, such as those that look ahead."""
    for test in tests(condition):
        if isinstance(test, Matches) and not is_re2(test.pattern):
            reason = f"the pattern '{test.pattern}' has what the patterns of {title} (RE2) do not have"
            tasks.add("condition", reason, "write it in another way, where the file has it", changes_rows=True)


def _tree(condition: Condition, named: Callable[[Test], Tree]) -> Tree:
    match condition:
        case Not(part):
            return Opposite(_tree(part, named))
        case All(parts):
            return Both(tuple([_tree(part, named) for part in parts]))
        case Any_(parts):
            return Either(tuple([_tree(part, named) for part in parts]))
        case _:
            return named(condition)


def _text(tree: Tree, words: Words, *, holds: bool, inside: str) -> str:
    match tree:
        case Opposite(part):
            return _text(part, words, holds=not holds, inside=inside)
        case Compared(left, right, is_pattern):
            if not is_pattern:
                return f"{left} {'==' if holds else '!='} {right}"
            if holds or words.unlike:
                return f"{left} {words.like if holds else words.unlike} {right}"
            return f"{words.opposite}({left} {words.like} {right})"
        case Known(name, missing):
            return name if holds else missing
        case Both(parts) | Either(parts):
            sign = words.both if isinstance(tree, Both) == holds else words.either
            if not parts:
                return words.true if sign == words.both else words.false
            text = f" {sign} ".join(_text(part, words, holds=holds, inside=sign) for part in parts)
            return f"({text})" if inside and inside != sign and len(parts) > 1 else text


_TEXTS = r"""\s*(?:(?P<text>"[^"]*"|'[^']*')"""
_ESCAPED = r"""\s*(?:(?P<json>"(?:[^"\\]|\\.)*")"""
_REST = (
    r"""|(?P<pattern>/(?:[^/\\]|\\.)*/)|(?P<sign>&&|\|\||==|!=|=~|!~|[()!])"""
    r"""|(?P<name>build\.env\("[^"]*"\)|\$?[A-Za-z_][\w.]*))"""
)
_TOKEN, _TOKEN_OF_JSON = re.compile(_TEXTS + _REST), re.compile(_ESCAPED + _REST)
_SIGNS = {"and": "&&", "or": "||", "not": "!", "matches": "=~"}
Value: TypeAlias = str | bool | None


def holds(text: str, names: Mapping[str, Value], *, is_json: bool = False) -> bool:
    """Tell whether an expression holds. A name that `names` does not have is missing (null).

    `is_json`: its texts are those of JSON; else what stands between quotes is what is meant.
    """
    return bool(_Parser(_tokens(_TOKEN_OF_JSON if is_json else _TOKEN, text), names).whole())


class _Parser:
    def __init__(self, tokens: Iterator[tuple[str, str]], names: Mapping[str, Value]) -> None:
        self.tokens = [*tokens, ("end", "")]
        self.at = 0
        self.names = names

    def whole(self) -> Value:
        value = self.either()
        if self.tokens[self.at][0] != "end":
            raise ValueError(f"cannot read {self.tokens[self.at][1]!r}")
        return value

    def take(self, *signs: str) -> str:
        kind, text = self.tokens[self.at]
        if kind != "sign" or text not in signs:
            return ""
        self.at += 1
        return text

    def either(self) -> Value:
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self) -> Value:
        value = self.single()
        while self.take("&&"):
            other = self.single()
            value = value and other
        return value

    def single(self) -> Value:
        if self.take("!"):
            return not self.single()
        if self.take("("):
            value = self.either()
            if not self.take(")"):
                raise ValueError("a bracket is not closed")
            return value
        value = self.operand()
        sign = self.take("==", "!=", "=~", "!~")
        if not sign:
            return value
        other = self.operand()
        if sign in ("==", "!="):
            return (value == other) is (sign == "==")
        return (isinstance(value, str) and _searched(str(other), value)) is (sign == "=~")

    def operand(self) -> Value:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return text[1:-1]
        if kind == "json":
            return str(json.loads(text))
        if kind == "pattern":
            return text[1:-1].replace("\\/", "/")
        if kind != "name":
            raise ValueError(f"{text!r} is no value")
        return {"true": True, "false": False, "null": None}.get(text, self.names.get(text))


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        found = pattern.match(text, at)
        if found is None:
            raise ValueError(f"cannot read {text[at:]!r}")
        kind, value = found.lastgroup or "", found[found.lastgroup or 0]
        yield ("sign", _SIGNS[value]) if value in _SIGNS else (kind, value)
        at = found.end()


def _searched(pattern: str, text: str) -> bool:
    """Search as RE2 does, as far as Python has the same; what it cannot read fits nothing."""
    for name, inside in _CLASSES.items():
        pattern = pattern.replace(f"[:{name}:]", inside)
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False
