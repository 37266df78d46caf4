"""What Travis makes of a config: the normal form, and everything the official parser says about it."""

from typing import NamedTuple

from travistool.document.values import Value
from travistool.schema.change import change
from travistool.schema.elements import Element, build
from travistool.schema.judge import judge
from travistool.schema.run import Message, Options, Run
from travistool.schema.store import load
from travistool.source import Span


class Normal(NamedTuple):
    """A normalized config. `root` holds invalid values and unknown keys too, as Travis does."""

    root: Element
    messages: tuple[Message, ...]

    def config(self) -> object:
        """Return the config as plain dicts, lists and scalars, equal to the official result."""
        return self.root.plain()


def normalize(value: Value, anchors: frozenset[str] = frozenset(), options: Options = Options()) -> Normal:
    """Rewrite a root map into the normal form and judge it. Never raises for what a config may hold."""
    run = Run(options, anchors)
    root = build(value)
    _report_duplicates(run, value, root)
    shape = load().root
    root = judge(run, shape, change(run, shape, root))
    return Normal(root, tuple(run.messages))


def _report_duplicates(run: Run, value: Value, element: Element) -> None:
    data = value.data
    if isinstance(data, dict):
        for key, nodes in value.duplicates:
            last = nodes[-1]
            run.say("error", element, "duplicate_key", {"key": key}, span=Span(value.source, last.start, last.end))
        for key, child in data.items():
            _report_duplicates(run, child, element.children[key])
    elif isinstance(data, list):
        for item, twin in zip(data, element.items, strict=True):
            _report_duplicates(run, item, twin)
