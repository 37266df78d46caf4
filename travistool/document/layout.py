"""Plain data to YAML for people: block text, comments, short lists on one line. Safe for YAML 1.1 and 1.2.

Anchors only where they are asked for (`Anchored`, `Alias`), for systems that read them.

`emit` writes what Travis reads; this writes what other systems and people read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from travistool.document.scalars import is_date, typed

_PLAIN = re.compile(r"(?:[A-Za-z_$/]|\.[A-Za-z/])[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*\Z")
_BREAKS_PLAIN = re.compile(r":(?:\s|\Z)|\s#|\s\Z")
_IN_FLOW = re.compile(r"[\[\]{},?:]")
_WORDS = frozenset(
    ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "~", "nan", "inf", ".nan", ".inf")
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_WIDTH = 100


class Remark(str):
    """A key of a map that is written as a comment; its value is left out. A line break starts another line."""

    __slots__ = ()


class Inline(tuple[object, ...]):
    """A list that is written on one line where it fits."""

    __slots__ = ()


class Anchored(NamedTuple):
    """A value with a name, by which an `Alias` further down says it again."""

    name: str
    value: object


class Alias(str):
    """Stands for the value that is anchored by this name."""

    __slots__ = ()


BLANK = Remark()
"""A blank line. A map takes only one: `Remark(" " * n)` gives more."""


def layout(data: Mapping[str, object]) -> str:
    """Return the YAML text of a map."""
    lines: list[str] = []
    _map(data, "", lines)
    return "\n".join(lines) + "\n"


# Lines are appended to one list: handed up from level to level, they took twice the time.


def _map(data: Mapping[str, object], indent: str, lines: list[str]) -> None:
    for key, value in data.items():
        if isinstance(key, Remark):
            _remark(key, indent, lines)
        else:
            _entry(f"{indent}{_key(str(key))}:", value, indent, lines)


def _key(text: str) -> str:
    # Everybody writes it so, and the systems that have this key read it as text.
    return text if text == "on" else scalar(text)


def _remark(text: str, indent: str, lines: list[str]) -> None:
    if not text.strip():
        lines.append("")
        return
    lines += [f"{indent}# {_CONTROL.sub('?', line)}".rstrip() for line in text.split("\n")]


def _entry(start: str, value: object, indent: str, lines: list[str]) -> None:
    if isinstance(value, str):
        if _is_block(value):
            lines.append(f"{start} {_header(value)}")
            _block(value, f"{indent}  ", lines)
        else:
            lines.append(f"{start} {scalar(value)}")
    elif isinstance(value, Anchored):
        _entry(f"{start} &{value.name}", value.value, indent, lines)
    elif isinstance(value, Mapping):
        lines.append(start if value else f"{start} {{}}")
        _map(value, f"{indent}  ", lines)
    elif isinstance(value, Sequence):
        short = _short(value, len(start)) if isinstance(value, Inline) else None
        if not value:
            lines.append(f"{start} []")
        elif short is not None:
            lines.append(f"{start} {short}")
        else:
            lines.append(start)
            _list(value, f"{indent}  ", lines)
    else:
        lines.append(start if value is None else f"{start} {scalar(value)}")


def _list(items: Sequence[object], indent: str, lines: list[str]) -> None:
    for item in items:
        if isinstance(item, str):
            if _is_block(item):
                lines.append(f"{indent}- {_header(item)}")
                _block(item, f"{indent}  ", lines)
            else:
                lines.append(f"{indent}- {scalar(item)}")
        elif isinstance(item, Mapping) and item:
            _item(item, indent, lines)
        elif isinstance(item, Sequence):
            lines.append(f"{indent}- {_flow(item)}")
        else:
            lines.append(f"{indent}- {scalar(item)}")


def _item(item: Mapping[str, object], indent: str, lines: list[str]) -> None:
    """Write a map as an item: the dash stands before its first key, remarks above that are as deep as the dash."""
    start = len(lines)
    _map(item, f"{indent}  ", lines)
    for number in range(start, len(lines)):
        line = lines[number]
        if line and not line.lstrip().startswith("#"):
            break
        lines[number] = line[2:]
    else:
        number = start  # nothing but remarks
        lines[start:] = [f"  {line}" if line else line for line in lines[start:]]
    lines[number] = f"{indent}- {lines[number][len(indent) + 2 :]}"


def _short(items: Sequence[object], width: int) -> str | None:
    if any(isinstance(item, Mapping | list | tuple) for item in items):
        return None
    text = f"[{', '.join(scalar(item, in_flow=True) for item in items)}]"
    return text if len(text) + width <= _WIDTH else None


def _flow(value: object) -> str:
    """Return any value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key), in_flow=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value, in_flow=True)


def _is_block(text: str) -> bool:
    return "\n" in text and _CONTROL.search(text) is None and bool(text.strip())


def _header(text: str) -> str:
    # A reader takes the depth of a block from its first lines, unless they say nothing about it.
    depth = "2" if text.startswith((" ", "\t", "\n")) else ""
    # Of several line ends a block keeps the last one only, unless it is told to keep all.
    ending = "+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-"
    return f"|{depth}{ending}"


def _block(text: str, indent: str, lines: list[str]) -> None:
    lines += [f"{indent}{line}" if line else "" for line in text.removesuffix("\n").split("\n")]


def scalar(value: object, *, in_flow: bool = False) -> str:
    """Return a scalar as YAML text on one line: text that could be read as anything else stands in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, Alias):
        return f"*{value}"
    if not isinstance(value, str):
        return str(value)
    if _is_plain(value) and not (in_flow and _IN_FLOW.search(value)):
        return value
    if _CONTROL.search(value) is None and "\n" not in value and ('"' in value or "\\" in value):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=_CONTROL.search(value) is not None)


@lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    """Tell whether all readers take a text without quotes for itself. Kept, since configs repeat keys and values."""
    return (
        _PLAIN.match(text) is not None
        and _BREAKS_PLAIN.search(text) is None
        and text.lower() not in _WORDS
        and typed(text) == text
        and not is_date(text)
    )
