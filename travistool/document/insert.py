"""Write a new value into a config at a path such as `env.global` or `deploy.password`, as a small text edit.

The value is flow text on one line, such as `{secure: "..."}`. Comments, order, quotes and line ends stay. The result is
a proposal: who asks for it compares what Travis reads before and after, as odd layouts can defeat any edit of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Keys

from travistool.diagnostics import Edit
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.source import Source, Span

_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = "  "


def append(source: Source, root: Node | None, path: Keys[str], entry: str) -> tuple[Edit, ...]:
    """Add `entry` (a key with its value) as a map of its own to the list at a path; `()` where that cannot be done.

    What stands there and is no list becomes the first item of one.
    """
    found, left = _walk(root, path)
    if left or found is None or _is_empty(found):
        return _create(source, found, path, left, entry, listed=True)
    if isinstance(found, Sequence):
        return _add_item(source, found, entry)
    return _listed(source, found, entry)


def put(source: Source, root: Node | None, path: Keys[str], entry: str) -> tuple[Edit, ...]:
    """Set the value at a path to a map with one `entry`, in the place of a scalar or of a map with that key alone."""
    found, left = _walk(root, path)
    if left or found is None or _is_empty(found):
        return _create(source, found, path, left, entry, listed=False)
    if isinstance(found, Mapping) and len(found.entries) == 1:
        (key, value), wanted = found.entries[0], entry.partition(": ")
        if isinstance(key, Scalar) and key.text == wanted[0] and _is_one_line(source, value):
            return (Edit(Span(source, value.start, value.end), wanted[2]),)
    if isinstance(found, Scalar) and found.anchor is None and _is_one_line(source, found):
        return (Edit(Span(source, found.start, found.end), f"{{{entry}}}"),)
    return ()


def beside_list(source: Source, root: Node | None, key: str, new: Keys[str], entry: str) -> tuple[Edit, ...]:
    """Move the value of the root's `key` to the second of two `new` keys below it, and start a list under the first."""
    found, left = _walk(root, (key,))
    if left or found is None or isinstance(found, Alias) or found.anchor is not None:
        return ()
    end, text = _line_end(source), source.text
    head = f"{_INDENT}{new[0]}:{end}{_INDENT * 2}- {entry}{end}{_INDENT}{new[1]}:"
    if isinstance(found, Sequence) and not found.flow:
        start = _line_start(text, found.start)
        return Edit(Span(source, start, start), head + end), *_indented(source, start, found.end, _INDENT)
    colon = text.rfind(":", 0, found.start)
    return (Edit(Span(source, colon + 1, found.start), f"{end}{head} "),) if _is_one_line(source, found) else ()


def applied(source: Source, edits: Keys[Edit]) -> Source:
    """Return the text with edits made, which must be in order and apart."""
    text = source.text
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return Source(source.name, text)


def _walk(root: Node | None, path: Keys[str]) -> tuple[Node | None, tuple[str, ...]]:
    """Return the node that a path leads to, or the last one on the way, and what is left of the path."""
    node = root
    for number, key in enumerate(path):
        below = _below(node, key)
        if below is None:
            return node, tuple(path[number:])
        node = below
    return node, ()


def _below(node: Node | None, key: str) -> Node | None:
    if isinstance(node, Sequence) and key.isdecimal():
        return node.items[int(key)] if int(key) < len(node.items) else None
    if not isinstance(node, Mapping):
        return None
    # The last one counts.
    found = [value for name, value in node.entries if isinstance(name, Scalar) and name.text == key]
    return found[-1] if found else None


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.start == node.end and not node.style


def _create(
    source: Source, at: Node | None, path: Keys[str], left: tuple[str, ...], entry: str, *, listed: bool
) -> tuple[Edit, ...]:
    """Write the keys that are left of a path below a map, or below a key without a value."""
    if at is None or (_is_empty(at) and len(left) == len(path)):
        return _write_below(source, len(source.text), "", left, entry, listed=listed)
    if isinstance(at, Scalar) and _is_empty(at):
        start = _line_start(source.text, at.start)
        indent = " " * (len(source.text[start:]) - len(source.text[start:].lstrip(" -"))) + _INDENT
        return _write_below(source, at.end, indent, left, entry, listed=listed)
    if not isinstance(at, Mapping) or (not at.entries and not at.flow) or not left:
        return ()
    if at.flow:
        value = f"[{{{entry}}}]" if listed else f"{{{entry}}}"
        for key in reversed(left[1:]):
            value = f"{{{key}: {value}}}"
        return _add_in_flow(source, at, f"{left[0]}: {value}", empty=not at.entries)
    first = at.entries[0][0].start
    indent = " " * (first - _line_start(source.text, first))
    return _write_below(source, _last_place(at), indent, left, entry, listed=listed)


def _write_below(
    source: Source, place: int, indent: str, keys: tuple[str, ...], entry: str, *, listed: bool
) -> tuple[Edit, ...]:
    """Write nested keys as lines behind the line that a place is on."""
    end = _line_end(source)
    lines = [f"{indent}{_INDENT * depth}{key}:" for depth, key in enumerate(keys)]
    lines.append(f"{indent}{_INDENT * len(keys)}{'- ' if listed else ''}{entry}")
    return _lines_behind(source, place, end.join(lines))


def _lines_behind(source: Source, place: int, lines: str) -> tuple[Edit, ...]:
    text, end = source.text, _line_end(source)
    if place and text[place - 1] in "\r\n":
        return (Edit(Span(source, place, place), lines + end),)
    rest = _REST.match(text, place)
    if rest is None:
        return ()
    if rest[0][-1:] in ("\r", "\n"):
        return (Edit(Span(source, rest.end(), rest.end()), lines + end),)
    return (Edit(Span(source, rest.end(), rest.end()), (end if text else "") + lines + ("" if text else end)),)


def _add_item(source: Source, found: Sequence, entry: str) -> tuple[Edit, ...]:
    if found.flow:
        return _add_in_flow(source, found, f"{{{entry}}}", empty=not found.items)
    indent = " " * (found.start - _line_start(source.text, found.start))
    return _lines_behind(source, _last_place(found), f"{indent}- {entry}")


def _add_in_flow(source: Source, node: Mapping | Sequence, text: str, *, empty: bool) -> tuple[Edit, ...]:
    """Write one more part before the closing bracket."""
    inside = source.text[node.start : node.end - 1].rstrip()
    place = node.start + len(inside)
    comma = "" if empty else " " if inside.endswith(",") else ", "
    return (Edit(Span(source, place, place), comma + text),)


def _listed(source: Source, found: Node, entry: str) -> tuple[Edit, ...]:
    """Make one value the first item of a list, and add another."""
    if isinstance(found, Alias) or found.anchor is not None or found.tag is not None:
        return ()
    text = source.text
    if _is_one_line(source, found) and (isinstance(found, Scalar) or (isinstance(found, Mapping) and found.flow)):
        return (
            Edit(Span(source, found.start, found.start), "["),
            Edit(Span(source, found.end, found.end), f", {{{entry}}}]"),
        )
    if not isinstance(found, Mapping) or found.flow:
        return ()
    start = _line_start(text, found.start)
    indent = text[start : found.start]
    if indent.strip(" "):
        return ()
    first = Edit(Span(source, found.start, found.start), "- ")
    second_line = _next_line(text, found.start)
    more = _indented(source, second_line, _last_place(found), _INDENT)
    return first, *more, *_lines_behind(source, _last_place(found), f"{indent}- {entry}")


def _indented(source: Source, start: int, end: int, indent: str) -> tuple[Edit, ...]:
    """Push the lines from one place (where a line begins) to another to the right."""
    edits = []
    while start < end:
        following = _next_line(source.text, start)
        if source.text[start:following].strip():
            edits.append(Edit(Span(source, start, start), indent))
        start = following
    return tuple(edits)


def _last_place(node: Node) -> int:
    """Return where the last thing below a node ends."""
    while isinstance(node, Mapping | Sequence) and not node.flow:
        parts = node.items if isinstance(node, Sequence) else [part for entry in node.entries for part in entry]
        if not parts:
            break
        node = parts[-1]
    return node.end


def _is_one_line(source: Source, node: Node) -> bool:
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        return False
    return _LINE_END.search(source.text, node.start, node.end) is None


def _line_end(source: Source) -> str:
    found = _LINE_END.search(source.text)
    return found[0] if found else "\n"


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _next_line(text: str, offset: int) -> int:
    found = _LINE_END.search(text, offset)
    return found.end() if found else len(text)
