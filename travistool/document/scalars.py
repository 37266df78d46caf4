"""The type of a plain scalar, as Travis's YAML reader gives it."""

from __future__ import annotations

import re

# In any case of their letters, but for what _KEPT finds: that stays text.
_WORDS: dict[str, bool | None] = {
    "null": None,
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}
# Patterns stay text: `re` compiles each when it is first used and keeps it, and most files need none.
_KEPT = r"yes|no|on|off"
_FLOAT = r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?\Z"
_DATE = r"[0-9]{4}-(?:1[012]|0[0-9]|[0-9])-(?:[12][0-9]|3[01]|0[0-9]|[0-9])\Z"
_SYMBOL = r""":(?:(["'])(.*)\1|(.+))"""
_BASE_60 = r"([-+]?[0-9][0-9_]*):([0-5]?[0-9])(?::([0-5]?[0-9]))?\Z"
_INTEGER = r"([-+]?)(?:0b([01_,]+)|(0|[1-9](?:[0-9]|[,_][0-9])*)|0x([0-9a-fA-F_,]+)|0([0-7_,]+))\Z"
_FIRST_UNDERSCORES = r"[-+]?[0-9]+(?:_[0-9]+)*"

Typed = str | int | bool | None


def typed(text: str) -> Typed:
    """Return the value of plain `text`; floats and times stay text, symbols become text."""
    if len(text) <= 5:  # longer ones are no words
        if not text or text == "~":
            return None
        word = text.lower()
        if word in _WORDS:
            return text if re.search(_KEPT, text) else _WORDS[word]
    first = text[0]
    if first == ":":
        return _symbol(text)
    if first in "0123456789+-" and "\n" not in text and not re.match(_FLOAT, text):
        return _integer(text)
    return text


def is_date(text: str) -> bool:
    """Tell whether plain `text` is a date, which the official reader refuses."""
    return re.match(_DATE, text) is not None


def _symbol(text: str) -> str:
    """Return `:name` without its colon, and what is quoted behind it without the quotes."""
    match = re.match(_SYMBOL, text)
    if match is None or "\n" in text or re.search(_KEPT, text):
        return text
    name = match[2] if match[1] else match[3]
    return name[1:] if match[1] and name.startswith(":") else name


def _integer(text: str) -> str | int:
    match = re.match(_BASE_60, text)
    if match:
        hours = re.match(_FIRST_UNDERSCORES, match[1])
        return int(hours[0]) * 3600 + int(match[2]) * 60 + int(match[3] or 0) if hours and len(text) < 100 else text
    match = re.match(_INTEGER, text)
    if match is None or len(text) > 1000:  # Python refuses to read thousands of digits
        return text
    sign, binary, decimal, hexadecimal, octal = match.groups()
    digits = (binary or decimal or hexadecimal or octal).replace(",", "").replace("_", "")
    if not digits:
        return 0 if octal else text  # `0_`, but `0x_` is no number
    number = int(digits, 2 if binary else 10 if decimal else 16 if hexadecimal else 8)
    return -number if sign == "-" else number
