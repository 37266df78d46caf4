"""The same anchor name given twice: an alias repeats the one before it, which is easily taken for the other."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.document.nodes import Alias
from travistool.lint.nodes import anchor_span
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.document.nodes import Mapping, Scalar, Sequence
    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    first: dict[str, Scalar | Sequence | Mapping] = {}
    for node in file.nodes:
        if isinstance(node, Alias) or node.anchor is None:
            continue
        before = first.setdefault(node.anchor, node)
        span = anchor_span(file.source, node)
        if before is node or span is None:
            continue
        other = anchor_span(file.source, before)
        related = ((other, "the first one"),) if other is not None else ()
        name = node.anchor
        message = f"the anchor {quoted(name)} is defined again, from here on '*{name}' is this one: choose another name"
        yield Finding(span, message, related=related)


RULE = Rule(
    name="duplicate-anchor",
    severity=Severity.WARNING,
    summary="an anchor name is given twice",
    why="An alias stands for the nearest anchor of its name above it. A job that moves in the file silently gets "
    "another one: give each anchor a name of its own.",
    bad="language: c\n_a: &all [make]\n_b: &all [make, make test] # <- here\nscript: *all\n",
    good="language: c\n_a: &build [make]\n_b: &all [make, make test]\nscript: *all\ninstall: *build\n",
    check=check,
    trigger=("&",),
    profile="strict",
)
