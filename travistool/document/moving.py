"""Items of a list moved up, with their comments: two edits that leave all other lines as they are."""

from __future__ import annotations

import re

from travistool.diagnostics import Edit
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.source import Source, Span

_DASH = re.compile(r"[ \t]*- *(?:&[\w.-]+ +)?")
_COMMENT = re.compile(r"[ \t]*#")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(\r\n|\r|\n|\Z)")


def move_up(source: Source, value: Sequence, first: int, end: int, after: int) -> tuple[Edit, ...]:
    """Move the items from `first` up to `end` (excluded) behind the item `after`, an earlier one; `()` where unsure.

    Comments right above an item go with it. An alias stays behind its anchor, and names that are given twice stay where
    they are.
    """
    text, items = source.text, value.items
    if value.flow or not after + 1 < first < end <= len(items):
        return ()
    starts = [_start(text, items, place) for place in (after + 1, first)]
    if None in starts or not _may_move(items[first:end], items[after + 1 : first], text):
        return ()
    target, start = starts
    assert target is not None
    assert start is not None
    if end < len(items):
        stop = _start(text, items, end)
        return () if stop is None else _edits(source, target, (start, stop), text[start:stop])
    stop = _line_end(text, items[-1].end)
    if stop is None:
        return ()
    # The blank lines that part it from the one above go with it, behind it.
    gap = start
    while gap and _BLANK.fullmatch(text, line := _line_start(text, gap - 1), gap):
        gap = line
    moved = text[start:stop]
    if moved[-1:] not in ("\r", "\n"):
        line_end = "\r\n" if text[gap - 2 : gap] == "\r\n" else text[gap - 1]
        return _edits(source, target, (gap - len(line_end), stop), f"{moved}{line_end}{text[gap:start]}")
    return _edits(source, target, (gap, stop), f"{moved}{text[gap:start]}")


def _edits(source: Source, target: int, cut: tuple[int, int], moved: str) -> tuple[Edit, ...]:
    return Edit(Span(source, target, target), moved), Edit(Span(source, *cut), "")


def _start(text: str, items: tuple[Node, ...], place: int) -> int | None:
    """Return where the lines of an item begin: those of the comments right above its dash."""
    start = _line_start(text, items[place].start)
    if _DASH.fullmatch(text, start, items[place].start) is None:
        return None
    floor = items[place - 1].end if place else start
    while start > floor:
        above = _line_start(text, start - 1)
        if above < floor or not _COMMENT.match(text, above):
            break
        start = above
    return start


def _line_end(text: str, offset: int) -> int | None:
    if text[offset - 1] in "\r\n":
        return offset
    rest = _REST.match(text, offset)
    return rest.end() if rest is not None else None


def _line_start(text: str, offset: int) -> int:
    if text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1
    return max(text.rfind("\n", 0, max(offset, 0)), text.rfind("\r", 0, max(offset, 0))) + 1


def _may_move(moved: tuple[Node, ...], over: tuple[Node, ...], text: str) -> bool:
    anchors, _ = _names(moved)
    passed, _ = _names(over)
    _, aliases = _names(moved)
    is_unique = all(len(re.findall(rf"&{re.escape(name)}(?![\w-])", text)) == 1 for name in anchors)
    return is_unique and not aliases & passed


def _names(nodes: tuple[Node, ...]) -> tuple[set[str], set[str]]:
    """Return the anchors in some nodes, and the aliases."""
    anchors, aliases, stack = set[str](), set[str](), list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Alias):
            aliases.add(node.name)
            continue
        if node.anchor is not None:
            anchors.add(node.anchor)
        if isinstance(node, Mapping):
            stack += [one for entry in node.entries for one in entry]
        elif isinstance(node, Sequence):
            stack += node.items
        else:
            assert isinstance(node, Scalar)
    return anchors, aliases
