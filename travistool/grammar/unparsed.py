"""Secrets in a text that cannot be parsed, so that nothing but names and indentation says where values are.

It would rather hide too much: whoever fixes such a text has the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from travistool.grammar.secrets import is_secret

_LIMIT = 200_000
_WORDS = ("token", "secret", "pass", "credential", "key", "secure")
_NAME = r"(?P<name>[A-Za-z_][\w-]*)"
# `name: value`, with or without the space; the value may be in quotes that stay open, and goes to the line's end.
_ENTRY = rf"{_NAME}[\"']?[ \t]*:[ \t]*(?:[&!]\S+[ \t]+)*(?P<value>[^\s|>{{\[][^\n]*|[|>][^\s\d+-][^\n]*)"
# `name=value`, with or without spaces, and `env(name) = value`.
_SETTING = rf"{_NAME}\)?[ \t]*(?:==?|!=|=~)[ \t]*(?P<value>\"[^\"\n]*|'[^'\n]*|[^\s\"']\S*)"
# A colon that was forgotten. Names of one word are left alone: `pass it` is a command.
_JOINED = rf"^[ \t]*(?:- +)*{_NAME}[ \t]+(?P<value>\S+)[ \t]*$"
# A value on the lines below.
_OPENED = rf"^(?P<indent>[ \t]*)(?:- +)*[\"']?{_NAME}[\"']?:[ \t]*(?:[|>][-+\d]*)?[ \t]*$"
_BELOW = r"\n(?:[ \t]*\n)*(?P<indent>[ \t]+)(?P<value>\S[^\n]*)"


def unparsed_secrets(text: str) -> list[tuple[int, int]]:
    """Return what is probably a secret, as (start, end); ranges may overlap. Looks no further than `_LIMIT`.

    What is shown of a text is looked at again line by line, so that a secret behind the limit is hidden by its name.
    """
    text = text[:_LIMIT]
    lowered = text.lower()
    if not any(word in lowered for word in _WORDS):
        return []
    return sorted({*_on_their_line(text), *_below(text)})


def _on_their_line(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_ENTRY, _SETTING, _JOINED):
        for found in re.finditer(pattern, text, re.MULTILINE):
            value = found["value"].strip(" \t\r\"'")
            name = found["name"].replace("-", "_")
            is_named = is_secret(name, value) or (name == "secure" and pattern == _ENTRY and bool(value))
            if is_named and (pattern != _JOINED or "_" in name):
                start = found.start("value") + found["value"].index(value)
                yield start, start + len(value)


def _below(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(_OPENED, text, re.MULTILINE):
        at = found.end()
        line = re.compile(_BELOW).match(text, at)
        while line is not None and len(line["indent"]) > len(found["indent"]):
            if is_secret(found["name"].replace("-", "_"), line["value"]):
                yield line.start("value"), line.end("value")
            line = re.compile(_BELOW).match(text, line.end())
