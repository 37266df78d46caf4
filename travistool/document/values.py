"""What Travis reads from the nodes: typed scalars, aliases followed, merge keys applied, last duplicate wins.

The tree between reading and normalizing; `merge` combines such trees, `schema` normalizes them. Slotted by hand
for speed; treat as frozen.
"""

from __future__ import annotations

from travistool.document.nodes import Node
from travistool.source import Source, Span


class Value:
    """One value and where it comes from.

    `data` is a dict of Values (keys are text, in the order Travis has them), a list of Values, a str, an int,
    a bool or None. `node` is where it is written, None when nothing in the text stands for it. `key` is the node
    of the key it stands under (None in lists and for the root). `mode` is the merge mode that a tag such as
    `!map+deep_merge` or `!seq+append` gives, with underscores (`deep_merge_append`), else None.
    `duplicates`, on maps only: the keys written more than once, in order of first appearance, with the nodes
    of all writings. `first_key` is the key of an earlier writing that this value has replaced, by repetition or over
    a merge key: official messages keep its line.
    """

    __slots__ = ("data", "duplicates", "first_key", "key", "mode", "node", "source")

    def __init__(
        self,
        data: dict[str, Value] | list[Value] | str | int | bool | None,
        source: Source,
        node: Node | None = None,
        key: Node | None = None,
        mode: str | None = None,
        duplicates: tuple[tuple[str, tuple[Node, ...]], ...] = (),
    ) -> None:
        self.data = data
        self.source = source
        self.node = node
        self.key = key
        self.mode = mode
        self.duplicates = duplicates
        self.first_key: Node | None = None

    def over(self, other: Value) -> Value:
        """Return this value as it replaces another one under the same key."""
        value = Value(self.data, self.source, self.node, self.key, self.mode, self.duplicates)
        value.first_key = other.first_key or other.key
        return value

    def span(self) -> Span | None:
        """Return the range of the written value; None when nothing stands for it."""
        return None if self.node is None else Span(self.source, self.node.start, self.node.end)

    def plain(self) -> object:
        """Return dicts, lists and scalars without places."""
        data = self.data
        if isinstance(data, dict):
            return {key: value.plain() for key, value in data.items()}
        if isinstance(data, list):
            return [value.plain() for value in data]
        return data
