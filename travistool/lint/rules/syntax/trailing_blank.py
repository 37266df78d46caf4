"""Blanks at the end of a line change nothing and turn up in diffs. Those in blocks of text may count and are left."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Mapping, Node, Scalar, Sequence
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.source import Span


def check(file: File) -> Iterator[Finding]:
    kept = sorted(_texts(file.document.root))
    for found in finditer(r"(?<=[^ \t\r\n])[ \t]+(?=\r?\n|\Z)", file.text):
        if not any(start <= found.start() < end for start, end in kept):
            span = Span(file.source, *found.span())
            yield Finding(
                span,
                "spaces at the end of the line, delete them",
                Fix("delete the spaces", (Edit(span, ""),), safe=True),
            )


def _texts(root: Node | None) -> Iterator[tuple[int, int]]:
    """Yield the ranges in which the end of a line may be text."""
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar) and node.style:
            yield node.start, node.end
        elif isinstance(node, Sequence):
            stack += node.items
        elif isinstance(node, Mapping):
            stack += [part for entry in node.entries for part in entry]


RULE = Rule(
    name="trailing-blank",
    severity=Severity.INFO,
    summary="a line ends in spaces",
    why="They mean nothing to Travis, and editors that remove them make noise in later changes.",
    bad="language: python\nscript: make test # <- here \n",
    good="language: python\nscript: make test\n",
    check=check,
    trigger=(" \n", "\t\n", " \r\n", "\t\r\n"),
    profile="pedantic",
    fix="safe",
)
