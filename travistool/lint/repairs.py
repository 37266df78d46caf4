"""Fixes for what the official parser reports: the finding's element and key, turned into text edits."""

from __future__ import annotations

from travistool.diagnostics import Fix
from travistool.document.edits import delete_entry, entry_at, keep_first_item, replace_scalar, written_keys
from travistool.document.nodes import Alias, Mapping, Node, Sequence
from travistool.schema.elements import Element
from travistool.schema.run import Message


def rename_key(message: Message, name: str) -> Fix | None:
    """Write the key that a message is about as `name`. None where that key is given as well, or given twice."""
    found = key_at(message)
    if found is None:
        return None
    mapping, key = found
    keys = written_keys(mapping) + written_keys(message.element.node)
    text = message.span.source.text[key.start : key.end].strip("\"'").removeprefix(":")
    if name in keys or written_keys(mapping).count(text) > 1:
        return None
    edit = replace_scalar(message.span.source, key, name)
    return None if edit is None else Fix(f"rename to '{name}'", (edit,), safe=True)


def replace_value(message: Message, value: object, *, safe: bool = True) -> Fix | None:
    """Write `value` in the place of the scalar that a message is about."""
    edit = replace_scalar(message.element.source, message.element.node, str(value))
    return None if edit is None else Fix(f"replace by '{value}'", (edit,), safe=safe)


def delete_key(message: Message, *, safe: bool) -> Fix | None:
    """Delete the entry whose key a message is about."""
    found = key_at(message)
    edit = delete_entry(message.span.source, *found) if found is not None else None
    if edit is None:
        return None
    return Fix(f"delete '{message.args['key']}'", (edit,), safe=safe)


def keep_first(message: Message) -> Fix | None:
    """Write the first item in the place of the list that a message is about.

    With more items than one, the build stays the same but what the user wanted goes: then it is not safe.
    """
    element = message.element
    node, key = element.node, element.key_node
    if not isinstance(node, Sequence) or key is None or not element.items or element.items[0].node is not node.items[0]:
        return None
    found = entry_at(_root(element), key.start, key.end)
    edits = keep_first_item(element.source, *found, node) if found is not None else ()
    return Fix("keep only the first item", edits, safe=len(node.items) == 1) if edits else None


def key_at(message: Message) -> tuple[Mapping, Node] | None:
    """Return the key at a message's place and the map it is written in."""
    return entry_at(_root(message.element), message.span.start, message.span.end)


def _root(element: Element) -> Node | None:
    root = element.root()
    return root.node if root.source is element.source and not isinstance(root.node, Alias) else None
