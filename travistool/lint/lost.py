"""Keys that Travis drops in silence: one that is misspelled replaces the correct one beside it, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from travistool.document.nodes import Scalar
from travistool.lint.repairs import key_at
from travistool.lint.wording import quoted
from travistool.schema.run import Message
from travistool.source import Span

REPAIRS = ("find_key", "clean_key", "strip_key", "underscore_key")
"""Codes that say a key is read as another one."""


def lost_keys(messages: Iterable[Message]) -> Iterator[tuple[Message, str]]:
    """Yield a message at each key that is lost, and its wording. The official parser has no message for these."""
    for message in messages:
        found = key_at(message) if message.code in REPAIRS else None
        if found is None:
            continue
        known, source = message.args["key"], message.span.source
        for key, _ in found[0].entries:
            if isinstance(key, Scalar) and key.text == known and key is not found[1]:
                place = Span(source, key.start, key.end)
                said = (
                    f"Travis ignores this '{known}', since it reads {quoted(message.args['original'])} as '{known}' too"
                )
                related = ((message.span, f"read as '{known}'"),)
                args = {"key": message.args["original"], "other": known}
                yield Message("error", message.key, "overwrite", args, place, message.element, related=related), said
