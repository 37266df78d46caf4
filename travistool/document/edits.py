"""Small text edits that keep a config well-formed: rename a key, replace a value, delete an entry, unwrap a list.

Each function answers None where it cannot be sure: a node with an anchor or a tag, a comment that would be lost, text
in a form that the edit does not fit.
"""

from __future__ import annotations

import re

from travistool.diagnostics import Edit
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.source import Source, Span

# Plain text that YAML and Travis read as nothing but that text, inside brackets too.
_PLAIN = re.compile(r"[A-Za-z_][\w./+-]*", re.ASCII)
_NOT_TEXT = frozenset(("true", "false", "null"))
_BETWEEN = re.compile(r"\s*,\s*")
_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_KEEPS_BREAKS = re.compile(r"[|>]\d?\+")
_COLON_TO_LIST = re.compile(r"[ \t]*:(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*")


def entry_at(root: Node | None, start: int, end: int) -> tuple[Mapping, Node] | None:
    """Return the map below `root` with a key written from `start` to `end`, and that key."""
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            for key, value in node.entries:
                if (key.start, key.end) == (start, end):
                    return node, key
                if value.start <= start < value.end:
                    stack.append(value)
        elif isinstance(node, Sequence):
            stack += [item for item in node.items if item.start <= start < item.end]
    return None


def written_keys(node: Node | None, depth: int = 0) -> list[str]:
    """Return the keys of a map as written, repeats included, and those that its merge keys bring."""
    if isinstance(node, Alias):
        node = node.target
    if isinstance(node, Sequence):
        return [key for item in node.items for key in written_keys(item, depth + 1)] if depth else []
    if not isinstance(node, Mapping) or depth > _MERGE_DEPTH:
        return []
    keys: list[str] = []
    for name, value in node.entries:
        if isinstance(name, Scalar) and name.text == "<<":
            keys += written_keys(value, depth + 1)
        elif isinstance(name, Scalar):
            keys.append(name.text.removeprefix(":"))
    return keys


_MERGE_DEPTH = 5


def replace_scalar(source: Source, node: Node | None, text: str) -> Edit | None:
    """Write `text` in the place of a scalar, with its quotes."""
    if not isinstance(node, Scalar) or node.anchor is not None or node.tag is not None or node.start == node.end:
        return None
    if _PLAIN.fullmatch(text) is None or (not node.style and text.lower() in _NOT_TEXT):
        return None
    span = Span(source, node.start, node.end)
    if node.style in ("'", '"'):
        return Edit(span, f"{node.style}{text}{node.style}")
    return Edit(span, text) if not node.style else None


def delete_entry(source: Source, mapping: Mapping, key: Node) -> Edit | None:
    """Remove a key with its value, comment and lines. A map must keep at least one entry."""
    index = next((index for index, (name, _) in enumerate(mapping.entries) if name is key), None)
    if index is None or len(mapping.entries) == 1 or any(is_anchored(part) for part in mapping.entries[index]):
        return None
    if mapping.flow:
        return _delete_in_flow(source, mapping, index)
    return _delete_lines(source, mapping, index)


def is_anchored(root: Node) -> bool:
    """Tell whether a node, or one below it, has an anchor: something else may repeat it."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Alias):
            continue
        if node.anchor is not None:
            return True
        if isinstance(node, Mapping):
            stack += [part for entry in node.entries for part in entry]
        elif isinstance(node, Sequence):
            stack += node.items
    return False


def _delete_in_flow(source: Source, mapping: Mapping, index: int) -> Edit | None:
    entries = mapping.entries
    start, end = entries[index][0].start, _entry_end(entries[index])
    if index + 1 < len(entries):
        gap = end, entries[index + 1][0].start
        cut = Span(source, start, gap[1])
    else:
        gap = _entry_end(entries[index - 1]), start
        cut = Span(source, gap[0], end)
    return Edit(cut, "") if _BETWEEN.fullmatch(source.text, *gap) else None


def _entry_end(entry: tuple[Node, Node]) -> int:
    return max(entry[0].end, entry[1].end)


def _delete_lines(source: Source, mapping: Mapping, index: int) -> Edit | None:
    text = source.text
    key, value = mapping.entries[index]
    start = _line_start(text, key.start)
    rest = _REST.match(text, max(key.end + 1, value.end))
    if rest is None:
        return None
    if _is_blank(text[start : key.start]):
        if index and _is_blank(text[rest.end() :]) and _ends_in_block(mapping.entries[index - 1][1]):
            return None  # Travis strips the text: the block would lose its last line end
        return _widened(source, start, rest.end())
    if index or not re.fullmatch(r"[ \t]*(?:- +)+", text[start : key.start]):
        return None
    # The first key of a list item: the next one takes its place behind the dash.
    following = mapping.entries[1][0].start
    if not _is_blank(text[rest.end() : following]):
        return None
    return Edit(Span(source, key.start, following), "")


def _ends_in_block(node: Node) -> bool:
    """Tell whether the last text below a node is a block (`|`, `>`)."""
    while isinstance(node, Mapping | Sequence):
        parts = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
        if not parts:
            return False
        node = parts[-1]
    return isinstance(node, Scalar) and node.style in ("|", ">")


def _widened(source: Source, start: int, end: int) -> Edit | None:
    """Delete whole lines, and one of the two blank lines that would then meet."""
    text = source.text
    above = text[_line_start(text, start - 1) : start] if start else "\n"
    below = _BLANK_LINE.match(text, end)
    if below and _is_blank(above):
        end = below.end()
    elif below and _KEEPS_BREAKS.search(text, 0, start):
        return None  # the blank line might become part of the text above
    return Edit(Span(source, start, end), "")


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, max(offset, 0)), text.rfind("\r", 0, max(offset, 0))) + 1


def _is_blank(text: str) -> bool:
    return not text.strip(" \t\r\n\u00a0\ufeff")


def keep_first_item(source: Source, mapping: Mapping, key: Node, value: Sequence) -> tuple[Edit, ...]:
    """Write the first item of a list in the place of the list under `key`; empty where that cannot be done cleanly."""
    if not any(name is key and written is value for name, written in mapping.entries) or not value.items:
        return ()
    if value.anchor is not None or value.tag is not None or any(is_anchored(item) for item in value.items):
        return ()
    first = value.items[0]
    gaps = [source.text[one.end : other.start] for one, other in zip(value.items, value.items[1:], strict=False)]
    if first.start == first.end or any("#" in gap for gap in gaps):
        return ()
    if value.flow:
        return _unwrap_flow(source, value, first)
    tail = _REST.match(source.text, value.end)
    if tail is None or (len(value.items) > 1 and "#" in tail[0]):
        return ()
    if isinstance(first, Mapping) and not first.flow:
        return _unindent(source, value, first)
    return _join(source, key, value, first)


def _unwrap_flow(source: Source, value: Sequence, first: Node) -> tuple[Edit, ...]:
    text = source.text[first.start : first.end]
    around = source.text[value.start : first.start] + source.text[value.items[-1].end : value.end]
    if "\n" in text or "\r" in text or "#" in around or (isinstance(first, Mapping) and not text.startswith("{")):
        return ()
    return (Edit(Span(source, value.start, value.end), text),)


def _unindent(source: Source, value: Sequence, first: Mapping) -> tuple[Edit, ...]:
    """Replace the dash before a map by a blank."""
    if source.text[value.start : value.start + 1] != "-" or not _is_blank(source.text[value.start + 1 : first.start]):
        return ()
    dash = Edit(Span(source, value.start, value.start + 1), " ")
    if len(value.items) == 1:
        return (dash,)
    return dash, Edit(Span(source, first.end, value.end), "")


def _join(source: Source, key: Node, value: Sequence, first: Node) -> tuple[Edit, ...]:
    """Write the item on the line of its key."""
    text = source.text[first.start : first.end]
    is_block = isinstance(first, Scalar) and first.style in ("|", ">")
    if is_block or "\n" in text or "\r" in text or (isinstance(first, Sequence) and not first.flow):
        return ()
    if _COLON_TO_LIST.fullmatch(source.text, key.end, value.start) is None:
        return ()
    colon = source.text.index(":", key.end)
    return (Edit(Span(source, colon + 1, value.end), f" {text}"),)
