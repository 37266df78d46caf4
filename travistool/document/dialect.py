"""What Travis reads from the nodes: its own mix of YAML 1.1 types, merge keys and aliases.

Where the official reader crashes (plain dates, tags of foreign types, keys that are not text, values that hold
themselves) we report and read on.
"""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Severity
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.document.parse import MAX_DEPTH, Document
from travistool.document.scalars import Typed, is_date, typed
from travistool.document.values import Value
from travistool.source import Span

MAX_EXPANSION = 200_000

_CORE = "tag:yaml.org,2002:"
_STRING_TAGS = ("!str", _CORE + "str")
_MAP_MODES = ("replace", "merge", "deep_merge", "deep_merge_append", "deep_merge_prepend")
_SEQ_MODES = ("replace", "prepend", "append")
_FOREIGN_MAP = ("!set", _CORE + "set", "!omap", _CORE + "omap", "!map:", "!ruby/", "!str", _CORE + "str")
_FOREIGN_SEQ = ("!omap", _CORE + "omap", "!seq:", "!ruby/array:")

Data = dict[str, Value] | list[Value] | str | int | bool | None


def resolve(document: Document) -> tuple[Value | None, tuple[Diagnostic, ...]]:
    """Return the root map as Travis reads it, and what is wrong with it.

    None when the text cannot be read, when its root is no map, or when its aliases expand without measure. A text
    without a document, and a root that is null or false, is an empty map.
    """
    if document.root is None:
        broken = any(problem.severity is Severity.ERROR for problem in document.problems)
        return (None if broken else Value({}, document.source)), ()
    resolver = _Resolver(document)
    root = resolver.value(document.root, None)
    if isinstance(root.data, dict):
        if document.aliases and not resolver.failed:
            resolver.check_expansion(root)
        return (None if resolver.failed else root), tuple(resolver.problems)
    if root.data is None or root.data is False:
        return Value({}, document.source, document.root), tuple(resolver.problems)
    kind = {list: "a list", str: "text", int: "a number", bool: "'true'"}[type(root.data)]
    resolver.report("root-not-a-map", f"the file must be a map of keys like 'language: python', not {kind}", root.node)
    return None, tuple(resolver.problems)


class _Resolver:
    """The state of one pass. Recursive: `parse` bounds the depth, and aliases share the value they stand for."""

    __slots__ = ("document", "failed", "known", "merged", "problems", "source")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.known: dict[int, Value] = {}  # by the id of an anchored node
        self.merged = 0
        self.failed = False
        self.problems: list[Diagnostic] = []

    def value(self, node: Node, key: Node | None) -> Value:
        """Return the value of `node`, which stands under `key`."""
        if isinstance(node, Scalar):
            value = Value(self.scalar(node), self.source, node, key)
        elif isinstance(node, Mapping):
            value = self.mapping(node, key)
        elif isinstance(node, Sequence):
            value = self.sequence(node, key)
        else:
            return self.alias(node, key)
        if node.anchor is not None:
            self.known[id(node)] = value
        return value

    def scalar(self, node: Scalar) -> Typed:
        text, tag = node.text, node.tag
        if tag is None:
            if node.style:
                return text
            if text[:1].isdigit() and is_date(text):
                self.date(node)
                return text
            return typed(text)
        return self.tagged(node, tag)

    def tagged(self, node: Scalar, tag: str) -> Typed:
        """Return the value of a scalar with a tag; a tag other than these types the text as if it were plain."""
        text = node.text
        if tag in ("!binary", _CORE + "binary"):
            return _binary(text)
        if tag in _STRING_TAGS or tag.startswith("!str:"):
            return text
        if tag in ("!float", _CORE + "float"):
            return text
        if is_date(text):
            self.date(node)
            return text
        return typed(text)

    def sequence(self, node: Sequence, key: Node | None) -> Value:
        value = self.value
        source = self.source
        items = []
        for item in node.items:
            if isinstance(item, Scalar) and item.tag is None and item.anchor is None and item.style:
                items.append(Value(item.text, source, item))
            else:
                items.append(value(item, None))
        mode = None
        if node.tag is not None:
            mode = _mode(node.tag, _SEQ_MODES)
            self.refuse_foreign(node, node.tag, _FOREIGN_SEQ)
        return Value(items, source, node, key, mode)

    def mapping(self, node: Mapping, key: Node | None) -> Value:
        data: dict[str, Value] = {}
        value = self.value
        merges = False
        for name, written in node.entries:
            if not isinstance(name, Scalar):
                self.bad_key(name, written)
                continue
            text = name.text
            if text[:1] == ":":
                text = text[1:]
            if name.anchor is not None:
                self.known[id(name)] = Value(text, self.source, name)
            found = value(written, name)
            if text == "<<" and name.tag != "tag:yaml.org,2002:str":
                merges = True
                self.merge(data, written, found)
            else:
                data[text] = found.over(data[text]) if text in data else found
        mode = None
        if node.tag is not None:
            mode = _mode(node.tag, _MAP_MODES)
            self.refuse_foreign(node, node.tag, _FOREIGN_MAP)
        duplicates = _duplicates(node) if merges or len(data) != len(node.entries) else ()
        return Value(data, self.source, node, key, mode, duplicates)

    def merge(self, data: dict[str, Value], node: Node, found: Value) -> None:
        """Put the entries of a map, or of a list of maps, into `data`; the first map of a list wins."""
        parts = found.data
        if self.failed:
            return
        if isinstance(parts, dict):
            self.count(len(parts), node)
            _update(data, parts)
        elif (
            isinstance(parts, list)
            and isinstance(node, Sequence)
            and all(isinstance(part.data, dict) for part in parts)
        ):
            merged: dict[str, Value] = {}
            for part in reversed(parts):
                if isinstance(part.data, dict):
                    self.count(len(part.data), node)
                    _update(merged, part.data)
            _update(data, merged)
        elif not (isinstance(node, Alias) and node.cyclic):
            data["<<"] = found

    def count(self, entries: int, node: Node) -> None:
        """Give up once merge keys have brought more entries than any file needs."""
        self.merged += entries
        if self.merged > MAX_EXPANSION and not self.failed:
            self.failed = True
            message = f"merge keys expand to more than {MAX_EXPANSION} entries, reduce the repetition"
            self.report("alias-bomb", message, node)

    def alias(self, node: Alias, key: Node | None) -> Value:
        """Return the value an alias stands for; its merge mode and its duplicates stay with the anchor."""
        target = None if node.target is None else self.known.get(id(node.target))
        if target is not None:
            return Value(target.data, self.source, node, key)
        if node.cyclic:
            message = f"'*{node.name}' is inside the value of its own anchor '&{node.name}', move it out"
            self.report("cyclic-alias", message, node)
        else:
            message = f"there is no '&{node.name}' before '*{node.name}', Travis reads it as empty"
            self.report("unknown-alias", message, node, Severity.WARNING)
        return Value(None, self.source, node, key)

    def bad_key(self, name: Node, written: Node) -> None:
        kind = {Sequence: "a list", Mapping: "a map"}.get(type(name), "an alias")
        self.report("key-not-text", f"a key must be text, not {kind}", name)
        self.value(name, None)  # an anchor in there may be used later
        self.value(written, None)

    def date(self, node: Scalar) -> None:
        message = f"Travis cannot read an unquoted date, put '{node.text}' in quotes"
        self.report("date-value", message, node)

    def refuse_foreign(self, node: Node, tag: str, foreign: tuple[str, ...]) -> None:
        if tag.startswith(foreign) and tag != "!ruby/object:Hash":
            written = tag.replace(_CORE, "!!", 1)
            message = f"Travis refuses a value with the tag '{written}', remove the tag"
            self.report("unsupported-tag", message, node)

    def report(self, rule: str, message: str, node: Node | None, severity: Severity = Severity.ERROR) -> None:
        span = Span(self.source, node.start, node.end) if node is not None else Span(self.source, 0, 0)
        self.problems.append(Diagnostic(rule, severity, message, span))

    def check_expansion(self, root: Value) -> None:
        """Refuse a root that aliases make larger or deeper than anything can walk."""
        sizes: dict[int, tuple[int, int]] = {}  # by the id of a list or dict: values below it, levels below it
        stack = [(root, False)]
        written = 0
        largest, worst = 0, root
        while stack:
            value, is_done = stack.pop()
            data = value.data
            if not isinstance(data, dict | list):
                continue
            if id(data) not in sizes:
                children = data.values() if isinstance(data, dict) else data
                if not is_done:
                    stack.append((value, True))
                    stack += [(child, False) for child in children]
                    continue
                known = [sizes.get(id(child.data), (0, 0)) for child in children]
                sizes[id(data)] = (
                    len(known) + sum(size for size, _ in known),
                    1 + max((levels for _, levels in known), default=0),
                )
                written += len(known)
            if isinstance(value.node, Alias) and sizes[id(data)][0] > largest:
                largest, worst = sizes[id(data)][0], value
        total, levels = sizes[id(root.data)]
        if total - written > MAX_EXPANSION:
            self.failed = True
            message = f"aliases expand to more than {MAX_EXPANSION} values, reduce the repetition"
            self.report("alias-bomb", message, worst.node)
        elif levels > MAX_DEPTH:
            self.failed = True
            self.report("yaml-too-deep", f"aliases nest values more than {MAX_DEPTH} levels deep", worst.node)


def _update(data: dict[str, Value], parts: dict[str, Value]) -> None:
    for key, value in parts.items():
        data[key] = value.over(data[key]) if key in data else value


def _mode(tag: str, modes: tuple[str, ...]) -> str | None:
    mode = tag.removeprefix("!").replace("+", "_")
    return mode if mode in modes else None


def _duplicates(node: Mapping) -> tuple[tuple[str, tuple[Node, ...]], ...]:
    """Return the keys written more than once; merge keys may repeat."""
    found: dict[str, list[Node]] = {}
    for name, _ in node.entries:
        if isinstance(name, Scalar) and name.text != "<<":
            found.setdefault(name.text, []).append(name)
    return tuple((text, tuple(names)) for text, names in found.items() if len(names) > 1)


def _binary(text: str) -> str:
    """Return base 64 decoded; bytes that are no text are left out."""
    import binascii  # noqa: PLC0415  as rare as values of this kind

    letters = "".join(char for char in text if char.isascii() and (char.isalnum() or char in "+/"))
    try:
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4)).decode("utf-8", "ignore")
    except binascii.Error:
        return ""
