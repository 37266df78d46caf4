"""Hosts such as GitHub have turned off the `git://` protocol: it has neither a login nor a check of what it brings."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File

_REFUSING = r"git://(?:www\.)?(github\.com|gist\.github\.com|gitlab\.com|bitbucket\.org)(?![\w.-])"


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        for found in finditer(_REFUSING, command.text):
            span = command.span(found.start(), found.start() + len("git://"))
            edits = (Edit(span, "https://"),) if span.text == "git://" else ()
            fix = Fix("replace by 'https://'", edits, safe=False) if edits else None
            yield Finding(span, f"{found[1]} refuses 'git://', write 'https://'", fix)


RULE = Rule(
    name="git-protocol",
    severity=Severity.WARNING,
    summary="a download by the `git://` protocol, which the host refuses",
    why="The big hosts turned the protocol off, GitHub on 2022-03-15: the command waits and then fails. The same address "
    "works with `https://`.",
    bad="language: c\ninstall:\n  - git clone git://github.com/acme/lib.git # <- here\n",
    good="language: c\ninstall:\n  - git clone https://github.com/acme/lib.git\n",
    check=check,
    trigger=("git://",),
    fix="unsafe",
)
