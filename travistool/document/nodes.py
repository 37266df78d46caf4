"""The written form of a YAML text: every key and value with its exact place.

Hand-written slotted classes, not dataclasses: a file has hundreds of nodes and these build four times faster.
Treat them as frozen. `start` and `end` are 0-based offsets (code points) into the source's text, half-open.
"""

from __future__ import annotations

from travistool.source import Source, Span


class Scalar:
    """Text as the YAML parser reads it (escapes resolved, not typed). `style` is one of `"" ' " | >` ("" = plain).

    An empty value has empty text, style "" and an empty range right behind its key's colon or dash.
    """

    __match_args__ = ("text",)
    __slots__ = ("anchor", "end", "start", "style", "tag", "text")

    def __init__(
        self, text: str, start: int, end: int, style: str = "", tag: str | None = None, anchor: str | None = None
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.style = style
        self.tag = tag
        self.anchor = anchor


class Sequence:
    """Items in written order."""

    __match_args__ = ("items",)
    __slots__ = ("anchor", "end", "flow", "items", "start", "tag")

    def __init__(
        self,
        items: tuple[Node, ...],
        start: int,
        end: int,
        flow: bool = False,
        tag: str | None = None,
        anchor: str | None = None,
    ) -> None:
        self.items = items
        self.start = start
        self.end = end
        self.flow = flow
        self.tag = tag
        self.anchor = anchor


class Mapping:
    """Key and value pairs in written order, duplicates and merge keys (`<<`) included, nothing resolved."""

    __match_args__ = ("entries",)
    __slots__ = ("anchor", "end", "entries", "flow", "start", "tag")

    def __init__(
        self,
        entries: tuple[tuple[Node, Node], ...],
        start: int,
        end: int,
        flow: bool = False,
        tag: str | None = None,
        anchor: str | None = None,
    ) -> None:
        self.entries = entries
        self.start = start
        self.end = end
        self.flow = flow
        self.tag = tag
        self.anchor = anchor


class Alias:
    """`*name`. `target` is the node last anchored under that name before this place; None when there is none.

    A node that contains an alias to itself is a cycle: such an alias has `cyclic` set and target None.
    """

    __match_args__ = ("name", "target")
    __slots__ = ("cyclic", "end", "name", "start", "target")

    def __init__(self, name: str, start: int, end: int, target: Node | None, cyclic: bool = False) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.target = target
        self.cyclic = cyclic


Node = Scalar | Sequence | Mapping | Alias


def span(source: Source, node: Node) -> Span:
    """Return the range of a node."""
    return Span(source, node.start, node.end)
