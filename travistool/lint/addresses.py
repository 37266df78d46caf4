"""Internet addresses inside commands: where they stand, and which host they name."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer, match
from typing import NamedTuple

_ADDRESS = r"\b(?P<scheme>https?|git|ftp|ssh|postgres(?:ql)?|mysql2?|mongodb(?:\+srv)?|amqps?|redis)://(?P<rest>[^\s'\"<>|;`]+)"
_LOCAL = r"(?i)(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?::1|[^.:]*(?:[:/]|\Z))"
_FORM = r"(?:(?P<login>[^/@]*)@)?(?P<host>[^/:?#]*)(?P<path>.*)"


class Address(NamedTuple):
    """One address in a text, from `start` to `end` (0-based). `login` is what stands before the `@`."""

    scheme: str
    login: str
    host: str
    path: str
    start: int
    end: int

    @property
    def is_local(self) -> bool:
        """Tell whether the host is this machine or one beside it, by its number or because its name has no dot."""
        return match(_LOCAL, self.host) is not None


def addresses(text: str) -> Iterator[Address]:
    """Yield the addresses in a text."""
    for found in finditer(_ADDRESS, text):
        parts = match(_FORM, found["rest"])
        if parts is not None:
            login, host, path = parts.group("login", "host", "path")
            yield Address(found["scheme"], login or "", host.lower(), path, *found.span())
