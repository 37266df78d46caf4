"""Lines that end as on Windows. Travis does not mind; what others cut out of the file by lines has a stray character."""

from __future__ import annotations

from re import finditer

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    ends = [Span(file.source, *found.span()) for found in finditer(r"\r\n", file.text)]
    all_of_them = file.text.count("\n") == len(ends)
    fix = Fix("end them in LF", tuple([Edit(span, "\n") for span in ends]), safe=True)
    how = "all lines end" if all_of_them else "some lines end"
    yield Finding(ends[0], f"{how} in CR LF, end them in LF", fix)


RULE = Rule(
    name="crlf",
    severity=Severity.INFO,
    summary="lines end in CR LF",
    why="Travis reads such lines like any others. In a repository for all systems they show up as changed lines, "
    "and scripts that read the file line by line get a stray character.",
    bad="language: c # <- here\r\nscript: make\r\n",
    good="language: c\nscript: make\n",
    check=check,
    trigger=("\r\n",),
    profile="pedantic",
    fix="safe",
)
