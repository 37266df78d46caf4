"""One normalizing run: its options and what it has to say."""

from __future__ import annotations

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from travistool.schema.elements import Element
    from travistool.source import Span


class Options(Record):
    """The official parser's options; the defaults are those of the production service.

    `alert`: report plain text where a secret belongs; `defaults`: fill in defaults and ask for required keys; `empty`:
    warn on empty maps and lists; `fix`: repair unknown keys and values; `line`: messages carry lines; `support`: report
    what the language or platform does not support; `drop`: leave out what is unknown or invalid.
    """

    alert: bool = True
    defaults: bool = True
    empty: bool = False
    fix: bool = True
    line: bool = True
    support: bool = False
    drop: bool = False


class Message(Record):
    """An official message with its place. `key` is dotted, `args` as recorded but for `line` and `src`.

    `line` is the 0-based line of the key in its file, None when nothing is written; only used to tell equal
    messages of different places apart. `element` is what it is about, for wording and fixes. `related` are further
    places, with a note each.
    """

    level: str
    key: str
    code: str
    args: Mapping[str, Any]
    span: Span
    element: Element
    line: int | None = None
    related: tuple[tuple[Span, str], ...] = ()


class Run:
    """Options, messages so far, and facts of the whole config. `secrets` stand in plain text where Travis wants none."""

    __slots__ = ("anchors", "build_names", "messages", "options", "secrets", "seen")

    def __init__(self, options: Options, anchors: frozenset[str] = frozenset()) -> None:
        self.options = options
        self.anchors = anchors
        self.messages: list[Message] = []
        self.seen: set[tuple[object, ...]] = set()
        self.secrets: list[Element] = []
        self.build_names: list[object] = []

    def say(
        self,
        level: str,
        element: Element,
        code: str,
        args: dict[str, Any],
        span: Span | None = None,
        key: Element | None = None,
        related: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Add a message about `element`, unless the same was said before.

        `key` is the element whose key the message is about, when that is another one: it gives line and place.
        """
        if element.selector and element.kind == "map":
            chosen = element.get(element.selector)
            if chosen is not None:
                args = {**args, element.selector: chosen.plain()}
        line: int | None = None
        written = (key.line_node if key is not None else None) or element.line_node
        if self.options.line and written is not None:
            line = element.source.position(written.start).line
        path = element.path()
        identity = (level, path, code, line, element.source.name, repr(args))
        if identity in self.seen:
            return
        self.seen.add(identity)
        where = span or (key.key_span() if key is not None else element.span())
        self.messages.append(Message(level, path, code, args, where, element, line, related))
