"""What Travis makes of a config: the normal form, and everything the official parser says about it."""

from __future__ import annotations

from travistool.document.values import Value
from travistool.record import Record
from travistool.schema.change import change
from travistool.schema.elements import Element, build
from travistool.schema.judge import judge
from travistool.schema.run import Message, Options, Run
from travistool.schema.store import load
from travistool.source import Span


class Normal(Record):
    """A normalized config. `root` holds invalid values and unknown keys too, as Travis does.

    `secrets` are values in plain text where Travis wants encrypted ones, those that it reports only once too.
    """

    root: Element
    messages: tuple[Message, ...]
    secrets: tuple[Element, ...] = ()

    def config(self) -> object:
        """Return the config as plain dicts, lists and scalars, equal to the official result."""
        return self.root.plain()


def normalize(value: Value, anchors: frozenset[str] = frozenset(), options: Options = Options()) -> Normal:
    """Rewrite a root map into the normal form and judge it. Never raises for what a config may hold."""
    run = Run(options, anchors)
    repeated: list[tuple[Value, Element]] = []
    root = build(value, repeated)
    for written, element in repeated:
        for key, nodes in written.duplicates:
            span = Span(written.source, nodes[-1].start, nodes[-1].end)
            before = tuple((Span(written.source, node.start, node.end), "first written here") for node in nodes[:1])
            run.say("error", element, "duplicate_key", {"key": key}, span=span, related=before)
    shape = load().root
    root = judge(run, shape, change(run, shape, root))
    return Normal(root, tuple(run.messages), tuple(run.secrets))
