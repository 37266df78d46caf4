"""Reading one scalar type as another, as the official parser does."""

import re

from travistool.grammar.similar import closest

_TRUE = ("true", "on", "yes", "enabled", "required")
_FALSE = ("false", "off", "no", "disabled", "not required")
# The official patterns are anchored to lines, not to the whole text.
_TRUE_LINE = re.compile(rf"^(?:{'|'.join(_TRUE)})$", re.MULTILINE)
_FALSE_LINE = re.compile(rf"^(?:{'|'.join(_FALSE)})$", re.MULTILINE)
_DIGITS = re.compile(r"[\d.]+\n?\Z", re.ASCII)
_LEADING_FLOAT = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
_NOT_WORD = re.compile(r"\W", re.ASCII)

Scalar = str | int | float | bool


def to_string(value: Scalar) -> Scalar:
    """Return `true` or `3.1` as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def to_number(value: Scalar) -> Scalar:
    """Return text made of digits and dots as a number (what follows a second dot is lost); others unchanged."""
    if not isinstance(value, str) or not _DIGITS.match(value):
        return value
    if "." not in value:
        return int(value)
    number = _LEADING_FLOAT.match(value)
    return float(number[0]) if number else 0.0


def to_boolean(value: Scalar) -> Scalar:
    """Return what reads as true or false (`required`, `not required`, near misses) as a boolean; others unchanged."""
    if not isinstance(value, str):
        return value
    known = _lines(value)
    if known is not None:
        return known
    cleaned = _NOT_WORD.sub("", value)
    if cleaned != value:
        known = _lines(cleaned)
        if known is not None:
            return known
    similar = closest((*_TRUE, *_FALSE), value, None)
    return value if similar is None else similar in _TRUE


def _lines(text: str) -> bool | None:
    if _FALSE_LINE.search(text):
        return False
    return True if _TRUE_LINE.search(text) else None
