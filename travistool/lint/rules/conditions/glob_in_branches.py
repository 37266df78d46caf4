"""`*` is a character like any other in the name of a branch; patterns stand between slashes."""

from __future__ import annotations

from collections.abc import Iterator
from re import escape

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for part in ("only", "except"):
        for one in file.listed("branches", part):
            text = str(one.value)
            if one.kind == "str" and "*" in text and not text.startswith("/"):
                pattern = escape(text).replace("\\*", ".*").replace("\\-", "-").replace("/", "\\/")
                message = f"{quoted(text)} is taken as a name with a '*' in it, write '/^{pattern}$/'"
                span = place(one)
                fix = (
                    replacement("write a pattern", (span, span.text, f"/^{pattern}$/"))
                    if "\n" not in span.text
                    else None
                )
                yield Finding(span, message, fix)


RULE = Rule(
    name="glob-in-branches",
    severity=Severity.WARNING,
    summary="a name under `branches` has a `*`",
    why="No branch has that name, so the line fits nothing. A regular expression between slashes fits many names.",
    bad="language: python\nbranches:\n  only:\n    - release/* # <- here\n",
    good="language: python\nbranches:\n  only:\n    - /^release\\/.*$/\n",
    check=check,
    sources=(
        "https://github.com/daos-stack/daos/pull/4104: `release/*` is asked for, and nobody knows whether it works",
        "https://github.com/adobe-type-tools/psautohint/pull/51: a glob that had to become a regular expression",
    ),
    trigger=(("branches", "*"),),
    fix="unsafe",
)
