"""The one place that knows ruamel: text to YAML events, from its C parser, or from its Python one without it."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

try:
    from _ruamel_yaml import CParser  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # no wheel of the C parser for this platform
    CParser = None

__all__ = [
    "AliasEvent",
    "CollectionStartEvent",
    "DocumentEndEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "MarkedYAMLError",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "read_events",
]

# Tabs that libyaml takes for blanks and the Python parser refuses: behind an indicator or a blank, and at a line's end.
_TAB = r"(?<=[:\-?,\[\]{} \t])\t|\t(?=[ \t]*(?:[\r\n]|\Z))"

_SMALL = 200_000  # the Python parser takes seconds for more
_FLOW = (",", "?", "[", "]", "{", "}")

_NAME = r"[A-Za-z0-9_-]+\Z"


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    class Mark(Protocol):
        """A place in the text: `index` is a 0-based offset in code points."""

        @property
        def index(self) -> int: ...

    class Event(Protocol):
        """What the kinds of events have. Only scalars have `value` and `style`, only starts of collections `flow_style`;
        `anchor` and `ctag` are missing where something ends.
        """

        value: str
        style: str | None
        anchor: str | None
        ctag: object | None
        flow_style: bool | None
        start_mark: Mark
        end_mark: Mark

    Get = Callable[[], Event]


def read_events(text: str) -> Get:
    """Return a function that gives the next event of `text` and raises YAMLError where the text is not YAML."""
    if CParser is not None:
        get: Get = CParser(text).get_event
        return get
    return _python_events(text)


def other_readings(text: str, error: YAMLError) -> Iterator[Get]:
    """Yield what else is worth trying where `error` stopped the first reading."""
    if CParser is not None:
        if len(text) > _SMALL or not _is_outdated(text, error):
            return
        yield _python_events(text)
    if "\t" in text:
        yield _python_events(re.sub(_TAB, " ", text))


def _is_outdated(text: str, error: YAMLError) -> bool:
    """Tell whether the C parser, an older libyaml, refuses what Travis's accepts: `[a:b]`, `[a?b]`, `%YAML 1.2`."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return False
    at = error.problem_mark.index
    problem = str(error.problem)
    if "unexpected ':'" in problem:
        return text[at + 1 : at + 2] not in _FLOW
    if "expected ',' or" in problem or "node content" in problem:
        return text[at : at + 1] == "?"
    return "incompatible YAML document" in problem and text.startswith("%YAML 1.2", at)


def _python_events(text: str) -> Get:
    return _python_stream(text).__next__


def _python_stream(text: str) -> Iterator[Event]:
    from travistool.document.lean import whole  # noqa: PLC0415  only where the C parser is missing or too old

    try:
        for event in whole().YAML(typ="safe", pure=True).parse(text):
            _refuse_newer(text, event)
            yield event
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise YAMLError(str(error)) from error  # its scanner trips over some texts instead of refusing them


def _refuse_newer(text: str, event: Event) -> None:
    """Refuse what only YAML 1.2 has: anchors named `.js`, and text in brackets that ends with a colon."""
    name = getattr(event, "anchor", None)
    if name is not None and not re.match(_NAME, name):
        problem = "did not find expected alphabetic or numeric character"
        raise MarkedYAMLError(problem=problem, problem_mark=event.start_mark, context_mark=event.start_mark)
    end = event.end_mark.index
    if isinstance(event, ScalarEvent) and text[end - 1 : end] == ":" and text[end : end + 1] in _FLOW:
        raise MarkedYAMLError(problem="found unexpected ':'", problem_mark=event.start_mark)
