"""The tree that normalizing works on: one element per value, with its parent, so that it can be rewritten in place.

Private to this package, and the one mutable thing in it: the official rewrites look up and down the tree while they
change it, and a copy for each step would cost more than all the rest of a lint run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travistool.document.nodes import Node
from travistool.document.values import Value
from travistool.source import Source, Span


class Element:
    """One value. `kind` is the official type name: map, seq, str, num, bool, none or secure.

    `value` is a dict of elements by key (map, secure), a list of elements (seq), or a plain scalar. `key` is the
    key it stands under; the items of a list carry the list's key, as in official messages. `node` and `key_node`
    are where value and key are written; None for what a rewrite has made up. `line_node` is the key node whose line
    official messages carry: that of the first writing where a key is repeated. `selector` is the key that has chosen
    this map's shape (`provider`), which its messages repeat.
    """

    __slots__ = ("errored", "key", "key_node", "kind", "line_node", "node", "parent", "selector", "source", "value")

    def __init__(
        self,
        kind: str,
        value: dict[str, Element] | list[Element] | str | float | bool | None,
        source: Source,
        node: Node | None = None,
        key: str = "",
        key_node: Node | None = None,
        parent: Element | None = None,
    ) -> None:
        self.kind = kind
        self.value = value
        self.source = source
        self.node = node
        self.key = key
        self.key_node = key_node
        self.line_node = key_node
        self.parent = parent
        self.selector = ""
        self.errored = False

    @property
    def children(self) -> dict[str, Element]:
        """The children of a map or secure by key; empty for other kinds."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Element]:
        """The items of a seq; empty for other kinds."""
        return self.value if isinstance(self.value, list) else []

    def get(self, key: str) -> Element | None:
        """Return the child under a key; None when there is none or this is no map."""
        value = self.value
        return value.get(key) if isinstance(value, dict) else None

    def given(self) -> bool:
        """Tell whether there is something: not null, not empty text, list or map; `false` is something."""
        if self.kind == "secure":
            secret = self.children["secure"]
            return secret.kind == "str"
        value = self.value
        return bool(value) or value is False or (value == 0 and value is not None)

    def missing(self) -> bool:
        """Tell whether the parent would drop it: null or an empty map."""
        return self.value is None or (self.kind == "map" and not self.value)

    def plain(self) -> object:
        """Return the value as dicts, lists and scalars."""
        value = self.value
        # Most children are scalars: no call for those.
        if isinstance(value, dict):
            return {
                key: child.plain() if isinstance(child.value, dict | list) else child.value
                for key, child in value.items()
            }
        if isinstance(value, list):
            return [child.plain() if isinstance(child.value, dict | list) else child.value for child in value]
        return value

    def root(self) -> Element:
        """Return the topmost element."""
        element = self
        while element.parent is not None:
            element = element.parent
        return element

    def path(self) -> str:
        """Return the dotted official key: each key once even where it repeats, `root` for the root."""
        if self.parent is None:
            return "root.secure" if self.kind == "secure" else "root"
        keys: list[str] = []
        element: Element | None = self
        while element is not None and element.parent is not None:
            keys.append(element.key)
            element = element.parent
        dotted = ".".join(dict.fromkeys(reversed(keys)))
        return f"{dotted}.secure" if self.kind == "secure" else dotted

    def span(self) -> Span:
        """Return where the value is written, else its key, else the nearest place around it that is written."""
        element: Element | None = self
        while element is not None:
            node = element.node or element.key_node
            if node is not None:
                return Span(element.source, node.start, node.end)
            element = element.parent
        return Span(self.source, 0, 0)

    def key_span(self) -> Span:
        """Return where the key is written, else the nearest written place."""
        if self.key_node is not None:
            return Span(self.source, self.key_node.start, self.key_node.end)
        return self.span()

    def first_key_span(self) -> Span:
        """Return the place of something that is missing from this map: its first written key."""
        written = [child.key_node for child in self.children.values() if child.key_node is not None]
        if written:
            first = min(written, key=lambda node: node.start)
            return Span(self.source, first.start, first.end)
        return self.span() if self.parent is not None else Span(self.source, 0, 0)


def build(value: Value, repeated: list[tuple[Value, Element]], parent: Element | None = None, key: str = "") -> Element:
    """Turn a value as read into elements. A map whose only key is `secure` is of kind secure.

    `repeated` gets the maps that hold a key more than once.
    """
    data = value.data
    kind = _KINDS[type(data)]
    element = Element(kind, None, value.source, value.node, key, value.key, parent)
    if value.first_key is not None:
        element.line_node = value.first_key
    if isinstance(data, dict):
        if len(data) == 1 and "secure" in data:
            element.kind = "secure"
        if value.duplicates:
            repeated.append((value, element))
        element.value = {name: build(child, repeated, element, name) for name, child in data.items()}
    elif isinstance(data, list):
        element.value = [_item(child, repeated, element) for child in data]
    else:
        element.value = data
    return element


def _item(value: Value, repeated: list[tuple[Value, Element]], parent: Element) -> Element:
    item = build(value, repeated, parent, parent.key)
    item.key_node = parent.key_node
    item.line_node = parent.line_node
    return item


_KINDS: Mapping[type, str] = {
    dict: "map",
    list: "seq",
    str: "str",
    bool: "bool",
    int: "num",
    float: "num",
    type(None): "none",
}


def scalar(like: Element, value: str | float | bool | None) -> Element:
    """Return a new scalar in the place of `like`."""
    element = Element(_KINDS[type(value)], value, like.source, like.node, like.key, like.key_node, like.parent)
    element.line_node = like.line_node
    return element


def mapping(like: Element, children: dict[str, Element]) -> Element:
    """Return a new map in the place of `like` that holds the given children (they get their keys from the dict)."""
    element = Element("map", children, like.source, like.node, like.key, like.key_node, like.parent)
    element.line_node = like.line_node
    element.selector = like.selector
    settle(element)
    return element


def sequence(like: Element, items: list[Element]) -> Element:
    """Return a new seq in the place of `like` that holds the given items (they get its key)."""
    element = Element("seq", items, like.source, like.node, like.key, like.key_node, like.parent)
    element.line_node = like.line_node
    settle(element)
    return element


def settle(element: Element) -> None:
    """Give children their parent and key, and a map its kind, after a rewrite."""
    value = element.value
    if isinstance(value, dict):
        element.kind = "secure" if len(value) == 1 and "secure" in value else "map"
        for key, child in value.items():
            child.parent = element
            if child.key != key or child.kind == "seq":
                rename(child, key, child.key_node, child.line_node)
    elif isinstance(value, list):
        for child in value:
            child.parent = element
            if child.key != element.key or child.key_node is not element.key_node:
                rename(child, element.key, element.key_node, element.line_node)


def rename(element: Element, key: str, key_node: Node | None, line_node: Node | None) -> None:
    """Put an element under a key; the items of a list follow."""
    element.key = key
    element.key_node = key_node
    element.line_node = line_node
    if element.kind == "seq":
        for item in element.items:
            rename(item, key, key_node, line_node)


def copy(element: Element) -> Element:
    """Return a deep copy with the same parent."""
    twin = Element(
        element.kind, element.value, element.source, element.node, element.key, element.key_node, element.parent
    )
    twin.selector = element.selector
    twin.line_node = element.line_node
    value = element.value
    if isinstance(value, dict):
        twin.value = {key: _under(copy(child), twin) for key, child in value.items()}
    elif isinstance(value, list):
        twin.value = [_under(copy(child), twin) for child in value]
    return twin


def _under(element: Element, parent: Element) -> Element:
    element.parent = parent
    return element


def flatten(element: Element) -> Iterator[Element]:
    """Yield the items of nested lists in order; anything else as it is."""
    if element.kind == "seq":
        for item in element.items:
            yield from flatten(item)
    else:
        yield element
