"""A tab between the parts of the YAML: Travis's reader steps over it, the readers of other tools refuse the file."""

from __future__ import annotations

from re import finditer

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.nodes import comment_ranges, covers, texts
from travistool.lint.rule import Finding, Rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_AFTER_TEXT = r"(?<=[^ \t\r\n])[ \t]*\t[ \t]*"


def check(file: File) -> Iterator[Finding]:
    remarks = comment_ranges(file.document)
    ends = {end for _, end in remarks}
    kept = sorted([*texts(file.document.root), *remarks])
    for found in finditer(_AFTER_TEXT, file.text):
        if covers(kept, found.start()):
            continue
        span = Span(file.source, *found.span())
        follower = file.text[found.end() : found.end() + 1]
        is_last = follower in ("", "\r", "\n")
        if follower == "#" or (is_last and found.start() in ends):
            continue  # before and behind a comment most readers take it
        fix = Fix("delete it" if is_last else "write a space", (Edit(span, "" if is_last else " "),), safe=True)
        if is_last:
            message = "a tab stands at the end of the line, which other YAML readers refuse: delete it"
        else:
            message = "a tab stands between two parts of the YAML, which other YAML readers refuse: write a space"
        yield Finding(span, message, fix)


RULE = Rule(
    name="tab",
    severity=Severity.WARNING,
    summary="a tab stands where YAML wants spaces",
    why="Travis's reader steps over it. Many others, including Python's, refuse the file because of it: editors, "
    "linters and whatever moves the config elsewhere.",
    bad="language: c\nscript:\tmake test # <- here\n",
    good="language: c\nscript: make test\n",
    check=check,
    trigger=("\t",),
    fix="safe",
)
