"""Small text edits of lists, and new keys: delete an item, add one, write a key before another.

As those of `edits`: each answers None where it cannot be sure.
"""

from __future__ import annotations

import re

from travistool.diagnostics import Edit
from travistool.document.edits import delete_entry, entry_at, is_anchored
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.source import Source, Span

_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_BETWEEN = re.compile(r"\s*,\s*")
_DASH = re.compile(r"[ \t]*- *")
_COMMENT = re.compile(r"[ \t]*#")
_LINE_END = re.compile(r"\r\n|\r|\n")
# Text that needs no quotes, in brackets neither.
_PLAIN = re.compile(r"[A-Za-z_$][\w.+$/-]*", re.ASCII)


def delete_item(source: Source, root: Node | None, item: Node) -> Edit | None:
    """Remove an item with its dash, comment and lines; the whole entry where it is the only one, or no list at all."""
    around = _around(root, item)
    if around is None or is_anchored(item):
        return None
    mapping, key, value = around
    if not isinstance(value, Sequence) or len(value.items) == 1:
        return delete_entry(source, mapping, key)
    place = next((place for place, one in enumerate(value.items) if one is item), None)
    if place is None or is_anchored(value):
        return None
    if value.flow:
        return _delete_in_flow(source, value, place)
    return _delete_lines(source, item, value.items[place - 1] if place else None)


def add_item(source: Source, value: Node, *texts: str) -> Edit | None:
    """Add texts to a list, or make a list of one value and the texts."""
    if isinstance(value, Alias) or value.anchor is not None or value.tag is not None:
        return None
    new = [text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'" for text in texts]
    if isinstance(value, Scalar):
        written = source.text[value.start : value.end]
        is_short = value.style not in ("|", ">") and written and not _LINE_END.search(written)
        return Edit(Span(source, value.start, value.end), f"[{', '.join([written, *new])}]") if is_short else None
    if not isinstance(value, Sequence) or not value.items:
        return None
    last = value.items[-1]
    if value.flow:
        return Edit(Span(source, last.end, last.end), "".join([f", {text}" for text in new]))
    rest = _REST.match(source.text, last.end)
    indent = source.text[_line_start(source.text, last.start) : last.start]
    if rest is None or not isinstance(last, Scalar) or last.style in ("|", ">") or not _DASH.fullmatch(indent):
        return None
    return _lines_behind(source, rest, [f"{indent}{text}" for text in new])


def key_before(source: Source, mapping: Mapping, key: Node, line: str) -> Edit | None:
    """Write a key with its value (`dist: jammy`) on a line before another key of a map, and before its comments."""
    start = _line_start(source.text, key.start)
    indent = source.text[start : key.start]
    if mapping.flow or indent.strip(" "):
        return None
    while start:
        above = _line_start(source.text, start - len(_last_line_end(source.text, start)))
        if not _COMMENT.match(source.text, above):
            break
        start = above
    end = _LINE_END.search(source.text)
    return Edit(Span(source, start, start), f"{indent}{line}{end[0] if end else chr(10)}")


def _around(root: Node | None, item: Node) -> tuple[Mapping, Node, Node] | None:
    """Return the map, the key and the value that an item is, or is an item of."""
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            stack += node.items
        for key, value in node.entries if isinstance(node, Mapping) else ():
            if value is item or (isinstance(value, Sequence) and any(one is item for one in value.items)):
                found = entry_at(root, key.start, key.end)
                return (*found, value) if found is not None else None
            stack.append(value)
    return None


def _delete_in_flow(source: Source, value: Sequence, place: int) -> Edit | None:
    item = value.items[place]
    if place + 1 < len(value.items):
        cut, gap = (item.start, value.items[place + 1].start), (item.end, value.items[place + 1].start)
    else:
        cut, gap = (value.items[place - 1].end, item.end), (value.items[place - 1].end, item.start)
    return Edit(Span(source, *cut), "") if _BETWEEN.fullmatch(source.text, *gap) else None


def _delete_lines(source: Source, item: Node, before: Node | None) -> Edit | None:
    start = _line_start(source.text, item.start)
    rest = _REST.match(source.text, item.end)
    at_line_start = item.end > item.start and source.text[item.end - 1] in "\r\n"
    end = item.end if at_line_start else rest.end() if rest is not None else None
    if end is None or _DASH.fullmatch(source.text[start : item.start]) is None:
        return None
    if end == len(source.text) and isinstance(before, Scalar) and before.style in ("|", ">"):
        return None  # Travis strips the text: the block would lose its last line end
    return Edit(Span(source, start, end), "")


def _lines_behind(source: Source, rest: re.Match[str], lines: list[str]) -> Edit:
    found = _LINE_END.search(source.text)
    end = found[0] if found else "\n"
    is_closed = rest[0][-1:] in ("\r", "\n") and rest[0] != ""
    text = end.join(lines)
    return Edit(Span(source, rest.end(), rest.end()), text + end if is_closed else end + text)


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, max(offset, 0)), text.rfind("\r", 0, max(offset, 0))) + 1


def _last_line_end(text: str, offset: int) -> str:
    return "\r\n" if text[max(offset - 2, 0) : offset] == "\r\n" else text[offset - 1 : offset]
