"""YAML 1.2 to plain data, for reading back what we have written for other systems. Travis's dialect is `dialect`.

ruamel's own way from text to data takes 20 times as long, which is most of a migration that checks itself.
"""

from __future__ import annotations

import re

from travistool.document.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    YAMLError,
    other_readings,
    read_events,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.document.events import Get

_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_BASE = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
"""The core schema: yaml.org/spec/1.2.2, 10.3.2 Tag resolution."""

_MERGE = "<<"


def load_plain(text: str) -> object:
    """Return the data of a text's first document, None where there is none. Raises ValueError for text that is no YAML."""
    try:
        return _Reader(read_events(text)).document()
    except YAMLError as error:
        for get in other_readings(text, error):
            try:
                return _Reader(get).document()
            except YAMLError:
                continue
        raise ValueError(str(error)) from error


class _Reader:
    def __init__(self, get: Get) -> None:
        self.get = get
        self.anchors: dict[str, object] = {}

    def document(self) -> object:
        while True:
            event = self.get()
            if isinstance(event, StreamEndEvent | DocumentEndEvent):
                return None
            if isinstance(event, ScalarEvent | CollectionStartEvent | AliasEvent):
                return self.value(event)

    def value(self, event: object) -> object:
        """Return the data that starts with an event."""
        match event:
            case AliasEvent():
                if event.anchor not in self.anchors:
                    raise ValueError(f"nothing is named '{event.anchor}'")
                return self.anchors[event.anchor]
            case ScalarEvent():
                found = event.value if event.style or event.ctag is not None else resolved(event.value)
                return self.named(event.anchor, found)
            case MappingStartEvent():
                return self.mapping(event.anchor)
            case CollectionStartEvent():
                return self.sequence(event.anchor)
            case _:
                raise TypeError(f"{event} starts no data")

    def named(self, anchor: str | None, found: object) -> object:
        if anchor is not None:
            self.anchors[anchor] = found
        return found

    def sequence(self, anchor: str | None) -> object:
        found: list[object] = []
        self.named(anchor, found)
        while not isinstance(event := self.get(), SequenceEndEvent):
            found.append(self.value(event))
        return found

    def mapping(self, anchor: str | None) -> object:
        found: dict[object, object] = {}
        merged: dict[object, object] = {}
        self.named(anchor, found)
        while not isinstance(event := self.get(), MappingEndEvent):
            is_merge = isinstance(event, ScalarEvent) and not event.style and event.value == _MERGE
            key = self.value(event)
            value = self.value(self.get())
            if is_merge:
                for part in reversed(value if isinstance(value, list) else [value]):
                    merged.update(part)
                continue
            if isinstance(key, dict | list):
                raise ValueError("a map or list is used as a key")  # noqa: TRY004  the text is wrong, not the caller
            if key in found:
                raise ValueError(f"the key '{key}' stands twice in a map")
            found[key] = value
        for key, value in merged.items():
            found.setdefault(key, value)
        return found


def resolved(text: str) -> object:
    """Return the value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.match(text):
        return int(text)
    if _OTHER_BASE.match(text):
        return int(text, 0)
    return float(text) if _FLOAT.match(text) else text
