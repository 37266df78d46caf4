"""Shellcheck has a remark on style or a lesser risk: taste, and risks that seldom come true."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shellcheck import LIKELY
from travistool.lint.subject import PHASES, File


def check(file: File) -> Iterator[Finding]:
    for one in file.remarks:
        if one.level != "error" and one.code not in LIKELY:
            yield Finding(one.span, one.message)


RULE = Rule(
    name="shellcheck-info",
    severity=Severity.INFO,
    summary="shellcheck has a remark on style or a lesser risk",
    why="All other remarks of shellcheck, such as variables without quotes (`SC2086`). They are many, and few of them break a build: `lint --shell --profile pedantic` shows them.",
    bad="",
    good="",
    check=check,
    trigger=(*PHASES, "script"),
    profile="pedantic",
    needs_tools=True,
)
