"""YAML text to nodes with exact places, in one pass over the parser's events. Never raises."""

from __future__ import annotations

import re

from travistool.diagnostics import Diagnostic, Severity
from travistool.document.clean import Offsets, clean, unseen
from travistool.document.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    other_readings,
    read_events,
)
from travistool.document.fault import Fault
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.document.events import Event, Get

MAX_DEPTH = 200
MAX_NODES = 200_000

# Patterns are text here: most files need none of them.
_COMMENT = r"#[^\r\n]*"
_HEADER = r"[|>][-+0-9]*"
_BREAK = r"[\r\n]|\Z"
_PROPERTY = r"(?a)(?:[&!][^\s,\[\]{}]*|!<[^>]*>|#[^\r\n]*|\s)*"
_BLOCK = ("|", ">")
_EMPTY_KEY = (":", "-", "?")


class Document:
    """The first document of a text: its nodes, and what is wrong with the text as YAML.

    `root` is None when the text cannot be read (an error says why) and when it holds no document.
    `anchors` are the scalars written right before an anchor, normally the keys of the anchored values: Travis lets
    unknown keys pass under these names. `aliases` tells whether there are any.
    """

    __slots__ = ("aliases", "anchors", "problems", "root", "source", "start")

    def __init__(
        self,
        source: Source,
        root: Node | None,
        *,
        start: int = 0,
        anchors: frozenset[str] = frozenset(),
        aliases: bool = False,
        problems: tuple[Diagnostic, ...] = (),
    ) -> None:
        self.source = source
        self.root = root
        self.start = start
        self.anchors = anchors
        self.aliases = aliases
        self.problems = problems

    def official_line(self, offset: int) -> int:
        """Return the line that Travis's messages give for `offset`: 0-based, from the first line that is not blank."""
        return self.source.position(offset).line - self.source.position(self.start).line


def parse(source: Source) -> Document:
    """Read the first document of `source`."""
    text, offsets = clean(source.text)
    fault: Fault | None = None
    builder = _Builder(text)
    try:
        builder, root = _build(text)
    except (YAMLError, UnicodeEncodeError) as error:
        # Imported late: a hook sees broken files rarely.
        from travistool.document.faults import explain, unreadable  # noqa: PLC0415

        fault = explain(text, error) if isinstance(error, YAMLError) else unreadable(text)
        # What is to blame may be the character that is missing behind the text's end.
        fault = fault._replace(start=min(fault.start, len(text)), end=min(fault.end, len(text)))
    except _LimitError as error:
        fault = error.fault
    if fault is not None:
        return Document(source, None, problems=(_diagnostic(source, offsets, fault, Severity.ERROR),))
    if offsets is not None and root is not None:
        _restore(root, offsets)
    problems: tuple[Diagnostic, ...] = ()
    if builder.rest is not None:
        message = "only the first YAML document counts, Travis ignores everything from here on"
        rest = Fault("multiple-documents", message, *builder.rest)
        problems = (_diagnostic(source, offsets, rest, Severity.WARNING),)
    start = offsets.start(0) if offsets is not None else 0
    anchors = frozenset(builder.anchored)
    return Document(source, root, start=start, anchors=anchors, aliases=builder.aliases, problems=problems)


def _build(text: str) -> tuple[_Builder, Node | None]:
    """Return the root and what else was seen on the way; raise the first reading's error when no other succeeds."""
    try:
        builder = _Builder(text)
        return builder, builder.build(read_events(text))
    except YAMLError as error:
        for get in other_readings(text, error):
            builder = _Builder(text)
            try:
                return builder, builder.build(get)
            except YAMLError:
                continue
        raise


def _diagnostic(source: Source, offsets: Offsets | None, fault: Fault, severity: Severity) -> Diagnostic:
    start, end, message = fault.start, fault.end, fault.message
    if offsets is not None:
        start, end = (offsets.start(start), offsets.end(end)) if start < end else (offsets.end(end), offsets.end(end))
        deleted = unseen(source.text, start, end + 1)
        if deleted:
            message += (
                f"; Travis deletes the character U+{ord(deleted):04X} here, which is invisible or looks like a space"
            )
    return Diagnostic(fault.rule, severity, message, Span(source, start, end))


class _LimitError(Exception):
    """The text goes beyond what any real config needs."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Builder:
    """The state of one pass: the anchors seen so far, and what stands before and behind."""

    __slots__ = ("aliases", "anchored", "named", "rest", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.named: dict[str, Node | Event] = {}  # an event: the collection is still open
        self.anchored: list[str] = []
        self.aliases = False
        self.rest: tuple[int, int] | None = None

    def build(self, get: Get) -> Node | None:  # noqa: C901  one loop: calls per event cost a third of the speed
        """Return the root of the first document."""
        stack: list[tuple[list[Node], Event]] = []
        items: list[Node] = []
        last: str | None = None
        count = 0
        while True:
            event = get()
            kind: object = type(event)
            if kind is ScalarEvent:
                value = event.value
                style = event.style
                start = event.start_mark.index
                if event.anchor is not None or event.ctag is not None or style in _BLOCK or not value:
                    items.append(self._special(event, last, items, stack))
                elif style:
                    items.append(Scalar(value, start, event.end_mark.index, style))
                else:
                    items.append(Scalar(value, start, event.end_mark.index))
                last = value
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self._close(items, event, stack[-1][1])
                count += len(items)
                items = stack.pop()[0]
                items.append(node)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append((items, event))
                items = []
                if event.anchor is not None:
                    self._anchor(event.anchor, event, last)
                if len(stack) > MAX_DEPTH or count > MAX_NODES:
                    self._refuse(event, len(stack))
            elif kind is AliasEvent:
                items.append(self._alias(event))
            elif kind is DocumentEndEvent:
                self._find_rest(get)
                return items[0]
            elif kind is StreamEndEvent:
                return None
            if len(items) > MAX_NODES:
                self._refuse(event, len(stack))

    def _anchor(self, name: str, node: Node | Event, last: str | None) -> None:
        if last is not None:
            self.anchored.append(last)
        self.named[name] = node

    def _alias(self, event: Event) -> Alias:
        self.aliases = True
        name = str(event.anchor)
        target = self.named.get(name)
        start, end = event.start_mark.index, event.end_mark.index
        if target is None or isinstance(target, Node):
            return Alias(name, start, end, target)
        return Alias(name, start, end, None, cyclic=True)

    def _special(
        self,
        event: Event,
        last: str | None,
        items: list[Node],
        stack: list[tuple[list[Node], Event]],
    ) -> Scalar:
        """Return a scalar that is anchored, tagged, a block or empty."""
        text = self.text
        value, style = event.value, event.style or ""
        start, end = event.start_mark.index, event.end_mark.index
        anchor, tag = event.anchor, event.ctag
        if anchor is not None or tag is not None:
            start = end if not value and not style else _behind_properties(text, start)
        elif not value and not style and text[max(start - 1, 0) : start] not in _EMPTY_KEY:
            floor = items[-1].end if items else stack[-1][1].start_mark.index if stack else 0
            start = end = _empty_place(text, floor, start)
        if style in _BLOCK:
            end = _block_end(text, start, end, value)
        scalar = Scalar(value, start, end, style, None if tag is None else str(tag), anchor)
        if anchor is not None:
            self._anchor(anchor, scalar, last)
        return scalar

    def _close(self, items: list[Node], event: Event, opened: Event) -> Mapping | Sequence:
        """Return the collection that ends here."""
        start = opened.start_mark.index
        anchor, tag = opened.anchor, opened.ctag
        flow = bool(opened.flow_style)
        if anchor is not None or tag is not None:
            start = self._start_behind_properties(opened, flow, items)
            tag = None if tag is None else str(tag)
        if flow and self.text[start : start + 1] in ("{", "["):
            end = event.end_mark.index
        else:  # a block, or the one pair in `[a: b]`
            end = items[-1].end if items else start
        node: Mapping | Sequence
        kind: object = type(event)
        if kind is MappingEndEvent:
            node = Mapping(tuple(zip(items[::2], items[1::2], strict=True)), start, end, flow, tag, anchor)
        else:
            if not flow and items:
                end = max(end, items[-1].end)
            node = Sequence(tuple(items), start, end, flow, tag, anchor)
        if anchor is not None and self.named.get(anchor) is opened:
            self.named[anchor] = node
        return node

    def _start_behind_properties(self, opened: Event, flow: bool, items: list[Node]) -> int:
        """Return where the collection itself starts: at its bracket, its first dash or its first key."""
        start = _behind_properties(self.text, opened.start_mark.index)
        if flow or self.text[start : start + 1] in ("-", "?", ":"):
            return start
        return min(start, items[0].start) if items else start

    def _find_rest(self, get: Get) -> None:
        """Note where text behind the first document starts."""
        try:
            event = get()
            kind: object = type(event)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = min(mark.index, len(self.text)) if mark is not None else len(self.text)
            self.rest = (place, len(self.text))
            return
        if kind is not StreamEndEvent:
            self.rest = (event.start_mark.index, max(event.end_mark.index, event.start_mark.index))

    def _refuse(self, event: Event, depth: int) -> None:
        rule, message = "yaml-too-big", f"more than {MAX_NODES} values in one file, no build needs that many"
        if depth > MAX_DEPTH:
            rule, message = "yaml-too-deep", f"values nested more than {MAX_DEPTH} levels deep, no build needs that"
        start = event.start_mark.index
        raise _LimitError(Fault(rule, message, start, max(start, event.end_mark.index)))


def _behind_properties(text: str, start: int) -> int:
    """Return where the content behind the anchor, the tag and comments starts."""
    match = re.compile(_PROPERTY).match(text, start)
    return match.end() if match else start


def _empty_place(text: str, floor: int, offset: int) -> int:
    """Return the place right behind the colon or dash of an empty value; `floor` is where the node before ends."""
    gap = re.sub(_COMMENT, lambda match: " " * len(match[0]), text[floor:offset])
    found = max(gap.rfind(":"), gap.rfind("-"), gap.rfind("?"))
    return floor + found + 1


def _block_end(text: str, start: int, end: int, value: str) -> int:
    """Return the end of the last line with text in a block scalar, or of its header when it has none."""
    if value.strip():
        last = start + len(text[start:end].rstrip(" \t\r\n"))
        found = re.compile(_BREAK).search(text, last)
        return min(found.start(), end) if found else end
    header = re.compile(_HEADER).match(text, start)
    return header.end() if header else end


def _restore(root: Node, offsets: Offsets) -> None:
    """Move all nodes from the cleaned text to the written one."""
    stack: list[tuple[Node, int]] = [(root, 0)]
    while stack:
        node, floor = stack.pop()
        is_empty = node.start == node.end
        end = max(floor, offsets.end(node.end))
        node.start = end if is_empty else offsets.start(node.start)
        node.end = end
        if isinstance(node, Sequence):
            stack += [(item, node.start) for item in node.items]
        elif isinstance(node, Mapping):
            stack += [(part, node.start) for entry in node.entries for part in entry]
