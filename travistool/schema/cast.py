"""Reading one scalar type as another, as the official parser does."""

from __future__ import annotations

import re

from travistool.grammar.similar import closest

_TRUE = ("true", "on", "yes", "enabled", "required")
_FALSE = ("false", "off", "no", "disabled", "not required")
# The official patterns are anchored to lines, not to the whole text.
_TRUE_LINE = rf"(?m)^(?:{'|'.join(_TRUE)})$"
_FALSE_LINE = rf"(?m)^(?:{'|'.join(_FALSE)})$"
_DIGITS = r"[0-9.]+\n?\Z"
_LEADING_FLOAT = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_NOT_WORD = r"(?a)\W"

Scalar = str | int | float | bool


def to_string(value: Scalar) -> Scalar:
    """Return `true` or `3.1` as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def to_number(value: Scalar) -> Scalar:
    """Return text made of digits and dots as a number (what follows a second dot is lost); others unchanged."""
    if not isinstance(value, str) or not re.match(_DIGITS, value):
        return value
    if "." not in value:
        return int(value)
    number = re.match(_LEADING_FLOAT, value)
    return float(number[0]) if number else 0.0


def to_boolean(value: Scalar) -> Scalar:
    """Return what reads as true or false (`required`, `not required`, near misses) as a boolean; others unchanged."""
    if not isinstance(value, str):
        return value
    known = _lines(value)
    if known is not None:
        return known
    cleaned = re.sub(_NOT_WORD, "", value)
    if cleaned != value:
        known = _lines(cleaned)
        if known is not None:
            return known
    similar = closest((*_TRUE, *_FALSE), value, None)
    return value if similar is None else similar in _TRUE


def _lines(text: str) -> bool | None:
    if re.search(_FALSE_LINE, text):
        return False
    return True if re.search(_TRUE_LINE, text) else None
