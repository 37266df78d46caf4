"""Comments with their places, recovered from the text between the nodes: only who asks for them pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from travistool.document.nodes import Mapping, Node, Scalar, Sequence
from travistool.document.parse import Document
from travistool.source import Span

_COMMENT = re.compile(r"#[^\r\n]*")
_LINE_END = re.compile(r"[\r\n]|\Z")


class Comment(NamedTuple):
    """`text` is what follows the `#`, without blanks around it. `own_line`: nothing but blanks stands before it."""

    span: Span
    text: str
    own_line: bool


def comments(document: Document) -> tuple[Comment, ...]:
    """Return the comments of the first document and around it, in order; none when the text cannot be read."""
    if document.root is None and document.problems:
        return ()
    source = document.source
    text = source.text
    found = []
    for start, end in _gaps(text, document.root):
        for match in _COMMENT.finditer(text, start, end):
            line = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
            own_line = not text[line : match.start()].strip(" \t\ufeff\xa0")
            written = match[0].rstrip()
            span = Span(source, match.start(), match.start() + len(written))
            found.append(Comment(span, written[1:].strip(), own_line))
    return tuple(found)


def _gaps(text: str, root: Node | None) -> Iterator[tuple[int, int]]:
    """Yield the ranges of text that no scalar covers, whole lines behind the header of a block scalar included."""
    place = 0
    for scalar in _scalars(root):
        if scalar.style in ("|", ">"):
            header = _LINE_END.search(text, scalar.start)
            first = header.start() if header else len(text)
            yield place, first
            place = max(first, scalar.end)
        else:
            yield place, scalar.start
            place = scalar.end
    yield place, len(text)


def _scalars(root: Node | None) -> Iterator[Scalar]:
    """Yield the scalars in the order of their places."""
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            stack += reversed(node.items)
        elif isinstance(node, Mapping):
            stack += [part for entry in reversed(node.entries) for part in reversed(entry)]
