"""The written form of a file for the rules about YAML itself: its nodes in order, anchors, and what lies between."""

from __future__ import annotations

from travistool.document.comments import comments
from travistool.document.nodes import Mapping, Node, Scalar, Sequence
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.document.parse import Document
    from travistool.source import Source


def walk(root: Node | None) -> Iterator[Node]:
    """Yield every node in written order, keys included; what an alias stands for is not repeated."""
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Sequence):
            stack += reversed(node.items)
        elif isinstance(node, Mapping):
            stack += [part for entry in reversed(node.entries) for part in reversed(entry)]


def anchor_span(source: Source, node: Scalar | Sequence | Mapping) -> Span | None:
    """Return where the anchor of a node is written, its `&` included; None where that cannot be told."""
    if node.anchor is None:
        return None
    mark = f"&{node.anchor}"
    start = source.text.rfind(mark, 0, node.start + len(mark))
    return Span(source, start, start + len(mark)) if start >= 0 else None


def texts(root: Node | None) -> list[tuple[int, int]]:
    """Return the ranges of all scalars in order, the lines of blocks whole."""
    return [(node.start, node.end) for node in walk(root) if isinstance(node, Scalar) and node.start < node.end]


def comment_ranges(document: Document) -> list[tuple[int, int]]:
    """Return the ranges of all comments in order."""
    return [(one.span.start, one.span.end) for one in comments(document)]


def covers(ranges: list[tuple[int, int]], offset: int) -> bool:
    """Tell whether one of the ranges holds an offset."""
    return any(start <= offset < end for start, end in ranges)
