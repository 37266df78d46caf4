"""GitHub's expressions, evaluated: a small model of the language that workflows ask their conditions in.

Source: docs.github.com, "Evaluate expressions in workflows and actions". Texts compare without regard to case; unlike
types compare as numbers; `&&` and `||` give one of their sides.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))|(?P<text>'(?:[^']|'')*')"
    r"|(?P<word>[A-Za-z_][\w-]*)|(?P<sign>&&|\|\||==|!=|<=|>=|[!<>()\[\].,*]))"
)
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None, "NaN": math.nan, "Infinity": math.inf}
_FILLED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_STATUS = re.compile(r"\b(?:success|failure|always|cancelled)\s*\(", re.IGNORECASE)

Functions = Mapping[str, Callable[[], bool]]


class ExpressionError(ValueError):
    """Text that is no expression."""


def evaluate(text: str, contexts: Mapping[str, Any], status: Functions) -> Any:
    """Return the value of an expression (no `${{ }}` around it). `status` are success, failure and their kin."""
    return _Parser(text, contexts, status).whole()


def fill(text: Any, contexts: Mapping[str, Any], status: Functions) -> Any:
    """Return a value of the workflow with its expressions filled in: as text, unless it is just one."""
    if not isinstance(text, str) or "${{" not in text:
        return text
    whole = re.fullmatch(r"\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*", text, re.DOTALL)
    if whole:
        return evaluate(whole[1], contexts, status)
    return _FILLED.sub(lambda found: to_text(evaluate(found[1], contexts, status)), text)


def holds(text: Any, contexts: Mapping[str, Any], status: Functions) -> bool:
    """Tell whether an `if` holds. Without a question about the status, `success()` is asked, too."""
    if text is None or text == "":
        return status["success"]()
    source = str(text).strip() if not isinstance(text, bool) else str(text).lower()
    whole = re.fullmatch(r"\$\{\{(.*)\}\}", source, re.DOTALL)
    value = evaluate(whole[1] if whole else source, contexts, status)
    return is_true(value) and (_STATUS.search(source) is not None or status["success"]())


def is_true(value: Any) -> bool:
    """Tell whether a value counts as true."""
    return not (value is None or value is False or value in (0, "") or (isinstance(value, float) and math.isnan(value)))


def to_text(value: Any) -> str:
    """Return a value as it is filled into text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


class _Parser:
    """Reads and evaluates in one go; sides that are not needed are still read, which has no effects."""

    def __init__(self, text: str, contexts: Mapping[str, Any], status: Functions) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.contexts = contexts
        self.status = status

    def whole(self) -> Any:
        value = self.either()
        if self.at < len(self.tokens):
            raise ExpressionError(f"unexpected {self.tokens[self.at][1]!r}")
        return value

    def take(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def must(self, sign: str) -> None:
        if not self.take(sign):
            raise ExpressionError(f"{sign!r} is missing")

    def either(self) -> Any:
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value if is_true(value) else other
        return value

    def both(self) -> Any:
        value = self.equality()
        while self.take("&&"):
            other = self.equality()
            value = other if is_true(value) else value
        return value

    def equality(self) -> Any:
        value = self.order()
        while sign := self.take("==", "!="):
            other = self.order()
            value = _equal(value, other) is (sign == "==")
        return value

    def order(self) -> Any:
        value = self.negation()
        while sign := self.take("<", "<=", ">", ">="):
            other = self.negation()
            one, two = _comparable(value, other)
            value = {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[sign]
        return value

    def negation(self) -> Any:
        return not is_true(self.negation()) if self.take("!") else self.operand()

    def operand(self) -> Any:
        if self.take("("):
            value = self.either()
            self.must(")")
            return self.parts(value)
        if self.at >= len(self.tokens):
            raise ExpressionError("something is missing at the end")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(int(text, 16)) if "x" in text else float(text)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind != "word":
            raise ExpressionError(f"unexpected {text!r}")
        if text in _WORDS:
            return _WORDS[text]
        return self.parts(self.call(text) if self.take("(") else _item(self.contexts, text))

    def parts(self, value: Any) -> Any:
        while sign := self.take(".", "["):
            if sign == "[":
                value = _item(value, self.either())
                self.must("]")
            else:
                value = _item(value, self.tokens[self.at][1])
                self.at += 1
        return value

    def call(self, name: str) -> Any:
        arguments = []
        while not self.take(")"):
            arguments.append(self.either())
            if not self.take(","):
                self.must(")")
                break
        return _called(name.lower(), arguments, self.status)


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ExpressionError(f"cannot read {text[at : at + 20]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _item(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping):
        lower = to_text(key).lower()
        return next((item for name, item in value.items() if str(name).lower() == lower), None)
    if isinstance(value, list) and isinstance(key, float) and 0 <= key < len(value):
        return value[int(key)]
    return None


def _number(value: Any) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    if type(one) is type(other):
        return bool(one == other)
    return _number(one) == _number(other)


def _comparable(one: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower(), other.lower()
    return _number(one), _number(other)


def _called(name: str, arguments: list[Any], status: Functions) -> Any:  # noqa: C901  # a table
    texts = [to_text(argument) for argument in arguments]
    match name:
        case "success" | "failure" | "always" | "cancelled":
            return status[name]()
        case "contains" if isinstance(arguments[0], list):
            return any(_equal(item, arguments[1]) for item in arguments[0])
        case "contains":
            return texts[1].lower() in texts[0].lower()
        case "startswith":
            return texts[0].lower().startswith(texts[1].lower())
        case "endswith":
            return texts[0].lower().endswith(texts[1].lower())
        case "format":
            return re.sub(r"\{(\d+)\}", lambda found: texts[int(found[1]) + 1], texts[0])
        case "fromjson":
            return json.loads(texts[0])
        case "tojson":
            return json.dumps(arguments[0])
        case "join":
            return to_text(arguments[1] if len(arguments) > 1 else ",").join(map(to_text, arguments[0]))
        case "hashfiles":
            return "hash"
        case _:
            raise ExpressionError(f"there is no function {name!r}")
