"""A pattern fits anywhere in a name unless it says where it starts and ends."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import Match, Regex, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted

_NAMES = ("branch", "tag", "head_branch", "repo", "head_repo", "sender")
_SPECIAL = set("^$\\.*+?[](){}|")


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case Match(left=Var(name=name), pattern=Regex(source=str(source))) if name in _NAMES:
                    text = source.strip("/ ")
                    if text and not _SPECIAL & set(text):
                        message = f"{quoted(text)} fits anywhere in the {name}, write '^{text}$' for exactly that"
                        yield Finding(within(condition, one.start, one.end), message)


RULE = Rule(
    name="unanchored-regex",
    severity=Severity.INFO,
    summary="a pattern without special signs fits parts of names",
    why="`branch =~ main` holds for `domain` and `maintenance`, too. `^` and `$` say where the name starts and ends; for one "
    "name, `=` does.",
    bad="language: python\nif: branch =~ main # <- here\n",
    good="language: python\nif: branch =~ ^main$\n",
    check=check,
    trigger=("=~", "!~"),
    profile="strict",
)
