"""Shellcheck warns of a usual mistake: it works today, and breaks with other values."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shellcheck import LIKELY
from travistool.lint.subject import PHASES, File


def check(file: File) -> Iterator[Finding]:
    for one in file.remarks:
        if one.level != "error" and one.code in LIKELY:
            yield Finding(one.span, one.message)


RULE = Rule(
    name="shellcheck-warning",
    severity=Severity.INFO,
    summary="shellcheck warns of a usual mistake",
    why="A short list of codes that are mostly right in configs: words split by accident (`SC2046`), a status lost behind `export` or `local` (`SC2155`), `a && b || c` that is no if (`SC2015`) and the like. `lint --shell --profile strict` shows them.",
    bad="",
    good="",
    check=check,
    trigger=(*PHASES, "script"),
    profile="strict",
    needs_tools=True,
)
