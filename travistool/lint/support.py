"""Whether what the official parser calls unsupported really does nothing.

It compares each value with the language, os and dist around it. But a value at the top level is also handed to the jobs
of the build, and a filter is held against them: it has an effect as soon as it goes with one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from travistool.lint.places import shape_of
from travistool.schema.elements import Element
from travistool.schema.run import Message
from travistool.schema.support import Limits, conflicts_at

_WORKS = {("services", "xvfb")}
"""Values that the official schema limits and that run all the same (travis-build starts Xvfb on every Linux)."""


def has_effect(message: Message) -> bool:
    """Tell whether a value that is reported as unsupported does something after all, or may do."""
    element = message.element
    if (element.key, str(element.value)) in _WORKS:
        return True
    if message.key.startswith("jobs.include."):
        return False
    if element.root().get("import") is not None:
        # What is imported can bring another language, and jobs.
        return True
    if message.key.startswith("jobs.exclude.") and any(job.get(element.key) is not None for job in _jobs(element)):
        # Jobs are excluded first, and lose their unsupported keys then.
        return True
    only, but = _limits(message)
    return any(not conflicts_at(job, only, but) for job in _jobs(element))


def is_about_key(message: Message) -> bool:
    """Tell whether it is the key that is unsupported, and not its value."""
    key = message.element.key_node
    return key is not None and message.span.start == key.start


def _jobs(element: Element) -> Iterator[Element]:
    jobs = element.root().get("jobs")
    include = jobs.get("include") if jobs is not None and jobs.kind == "map" else None
    if include is not None and include.kind == "seq":
        yield from (job for job in include.items if job.kind == "map")


def _limits(message: Message) -> tuple[Limits, Limits]:
    element = message.element
    if is_about_key(message):
        outer = shape_of(element.parent) if element.parent is not None else None
        shape = outer.key(element.key) if outer is not None else None
        return (shape.only, shape.but) if shape is not None else ({}, {})
    shape = shape_of(element)
    allowed = shape.allowed if shape is not None else ()
    return next(((one.only, one.but) for one in allowed if one.value == element.value), ({}, {}))
