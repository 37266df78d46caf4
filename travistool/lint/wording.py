"""How a value of the config is put into a message: short, on one line, and never a secret."""

from __future__ import annotations

from collections.abc import Iterable

_WIDTH = 40
_PRIVATE = ("token", "secret", "password", "passphrase", "api_key", "access_key", "hook", "url", "rooms", "private")

KINDS = {
    "map": "a map",
    "seq": "a list",
    "str": "text",
    "num": "a number",
    "bool": "true or false",
    "none": "nothing",
    "secure": "an encrypted value",
}
"""The official type names in the user's words."""


def quoted(value: object) -> str:
    """Return a scalar in quotes, on one line and not too long. A key such as `A=1` loses what follows the sign."""
    text = " ".join(str(_yaml(value)).split())
    name, sign, rest = text.partition("=")
    if sign and rest and name.isidentifier():
        text = f"{name}=..."
    return f"'{text if len(text) <= _WIDTH else text[: _WIDTH - 3] + '...'}'"


def _yaml(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else value


def listing(values: Iterable[object], word: str = "or") -> str:
    """Return 'a', 'b' or 'c'."""
    parts = [quoted(value) for value in values]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def is_private_key(key: str) -> bool:
    """Tell whether the value of a key may be a secret, by the key's name."""
    lowered = key.lower()
    return any(word in lowered for word in _PRIVATE)
