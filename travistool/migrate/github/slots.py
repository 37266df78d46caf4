r"""Texts that may differ from row to row: marked while rows are compared, then written out or taken from the matrix.

A marked text is `\x01key\x02value\x03`; it may be a part of a longer one.
"""

from __future__ import annotations

import re
from typing import Any

_OPENING = "${{ '${{' }}"
_SLOT = re.compile("\x01([^\x02]*)\x02([^\x03]*)\x03")


def slot(key: str, value: str) -> str:
    """Return a text that may become `${{ matrix.key }}`."""
    return f"\x01{key}\x02{value}\x03"


def escaped(text: str) -> str:
    """Return a text in which GitHub finds no expression."""
    return text.replace("${{", _OPENING)


def unescaped(text: str) -> str:
    """Return such a text as GitHub fills it in."""
    return text.replace(_OPENING, "${{")


def skeleton(data: Any) -> Any:
    """Return data with the values of all slots left out: equal for rows that can share a matrix."""
    return _mapped(data, lambda key, _: f"\x01{key}\x03")


def values(data: Any) -> dict[str, str]:
    """Return the values of all slots, in order."""
    found: dict[str, str] = {}

    def note(key: str, value: str) -> str:
        found.setdefault(key, value)
        return ""

    _mapped(data, note)
    return found


def filled(data: Any, varying: frozenset[str]) -> Any:
    """Return data whose slots are expressions where they vary, else their values."""

    def fill(key: str, value: str) -> str:
        return f"${{{{ matrix.{key} }}}}" if key in varying else value

    return _mapped(data, fill)


def _mapped(data: Any, replace: Any) -> Any:
    if isinstance(data, str):
        if "\x01" not in data:
            return data
        return type(data)(_SLOT.sub(lambda found: replace(found[1], found[2]), data))
    if isinstance(data, dict):
        # Most keys and texts hold no slot: they are passed on without a call.
        return {
            _mapped(key, replace) if "\x01" in key else key: value
            if isinstance(value, str) and "\x01" not in value
            else _mapped(value, replace)
            for key, value in data.items()
        }
    if isinstance(data, list | tuple):
        return type(data)([_mapped(item, replace) for item in data])
    return data
