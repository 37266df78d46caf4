"""The texts that Travis reads as something else without a warning, as patterns that JSON Schema understands.

They keep to what ECMAScript and Python read alike, with and without Unicode mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ENCODED = (
    r"^\s*(?:(?:[A-Za-z0-9+/]\s*){4})*"
    r"(?:[A-Za-z0-9+/]\s*(?:[AQgw]\s*=\s*|[A-Za-z0-9+/]\s*[AEIMQUYcgkosw048]\s*)=\s*)?$"
)
"""Base64 without faults, blanks aside: what `secure` holds. Bits that padding leaves unused must be zero."""

REFERENCE = r"^\$(?![\s\S]*:\$)"
"""Text that is no alert where a secret belongs: it names a variable."""

BOOLEAN = (
    r"^(?:\W*(?:true|on|yes|enabled|required?|false|off|no|disabled)\W*|not[ _-]?required"
    r"|T(?:rue|RUE)|O(?:n|N|ff|FF)|Y(?:es|ES)|F(?:alse|ALSE)|N(?:o|O)|Enabled|Disabled|Required)?$"
)
"""Text that is read as true or false. Travis also takes other near misses for one; those are left to be flagged."""

NUMBER = r"^[\d.]*$"
"""Text that is read as a number."""

SPELLED_BOOLEANS = {"true": (True, "Yes", "YES", "On", "ON"), "false": (False, "No", "NO", "Off", "OFF")}
"""What stands for the value `true` or `false` once it is read: YAML 1.1 types the words, YAML 1.2 leaves them text."""


def any_case(values: Iterable[str]) -> str:
    """Return a pattern for the values in any case of their letters, but for lower case, which `enum` lists."""
    return rf"^(?=.*[A-Z])(?:{'|'.join(''.join(map(_either_case, value)) for value in values)})$"


def _either_case(char: str) -> str:
    return f"[{char.upper()}{char}]" if char.islower() else re.sub(r"[^\w-]", r"\\\g<0>", char)


def other_keys(keys: Iterable[str], aliases: Iterable[str]) -> str:
    """Return a pattern for the spellings of keys that Travis repairs with an info: dashes and CamelCase.

    Aliases may have dashes only. The keys and aliases themselves are not matched. `BEFORESCRIPT` and `Beforescript`
    are, though Travis takes them for typos of `before_script`. The key `true` becomes `True` to readers in Python.
    """
    spelled = [_respelled(key) for key in keys]
    for alias in aliases:
        if "_" in alias:
            spelled.append(alias.replace("_", "-"))
        elif alias in SPELLED_BOOLEANS:
            spelled.append(alias.capitalize())
    return rf"^(?=.*[A-Z-])(?:{'|'.join(spelled)})$"


def _respelled(key: str) -> str:
    words = key.split("_")
    return (
        _word(key)
        if len(words) == 1
        else "[-_]?".join(f"(?:{form})" if "|" in form else form for form in map(_word, words))
    )


def _word(word: str) -> str:
    either = _either_case(word[:1]) + word[1:]
    # A capital after a digit begins a word of its own.
    if len(word) == 1 or re.search(r"\d[a-z]", word) or not word.islower():
        return either
    return f"{either}|{word.upper()}"


def other_variables(names: Iterable[str]) -> str:
    """Return a pattern that finds a `%{name}` that is none of the names."""
    return rf"%\{{(?!(?:{'|'.join(names)})\}})[^}}%]+\}}"
