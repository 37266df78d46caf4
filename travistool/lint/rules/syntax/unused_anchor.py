"""An anchor that no alias repeats: a leftover, or the alias has another name than is meant."""

from __future__ import annotations

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Alias
from travistool.lint.nodes import anchor_span
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    used = {node.name for node in file.nodes if isinstance(node, Alias)}
    for node in file.nodes:
        if isinstance(node, Alias) or node.anchor is None or node.anchor in used:
            continue
        span = anchor_span(file.source, node)
        if span is not None:
            fix = _deleted(span) if node.end > node.start else None
            yield Finding(span, f"no alias repeats the anchor {quoted(node.anchor)}, delete it", fix)


def _deleted(span: Span) -> Fix | None:
    """Return the deletion of an anchor with the blanks before it, where something else stands there."""
    text = span.source.text
    start = len(text[: span.start].rstrip(" "))
    if text[start - 1 : start] != ":":
        return None
    return Fix(f"delete '{span.text}'", (Edit(Span(span.source, start, span.end), ""),), safe=True)


RULE = Rule(
    name="unused-anchor",
    severity=Severity.INFO,
    summary="no alias repeats an anchor",
    why="An anchor only serves to be repeated by an alias such as `*name`. Without one it is a leftover, or the alias that "
    "was meant has another name.",
    bad="language: c\nscript: &test # <- here\n  - make test\n",
    good="language: c\nscript: &test\n  - make test\nbefore_script: *test\n",
    check=check,
    trigger=("&",),
    profile="pedantic",
    fix="safe",
)
