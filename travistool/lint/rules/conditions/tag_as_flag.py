"""`tag` is the name of a tag, or nothing at all: compared with `true`, `false` or an empty text, it is never equal."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import Compare, Value, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within

_MEANT = {"true": True, "false": False, "": False, "null": False, "nil": False, "none": False}
"""Texts that nobody names a tag, and whether they ask for one."""


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case Compare(left=Var(name="tag"), right=Value(text=text)) if text.lower() in _MEANT:
                    is_equal = one.operator == "eq"
                    wanted = "tag IS present" if _MEANT[text.lower()] is is_equal else "tag IS blank"
                    span = within(condition, one.start, one.end)
                    fix = replacement(f"write '{wanted}'", (span, str(condition.value)[one.start : one.end], wanted))
                    always = "never" if is_equal else "always"
                    message = f"this {always} holds, 'tag' is a name or nothing at all: write '{wanted}'"
                    yield Finding(span, message, fix)


RULE = Rule(
    name="tag-as-flag",
    severity=Severity.ERROR,
    summary="a condition takes `tag` for true or false",
    why="For a build of a tag `tag` is its name, and for all other builds it is not there, which is not the same as an empty "
    "text: the comparison has one result for all builds. `IS present` and `IS blank` ask whether there is a tag.",
    bad="language: python\nif: branch = main OR tag = true # <- here\n",
    good="language: python\nif: branch = main OR tag IS present\n",
    check=check,
    trigger=(("if", "tag ="), ("if", "tag !"), ("if", "tag="), ("if", "tag!"), ("if", "TAG =")),
    fix="unsafe",
)
