"""On the build of a tag, `branch` is the tag's name: a condition on a branch and a tag never holds."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import And, Compare, Expression, In, Or, Value, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import asks_for_tag, tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import listing

_BRANCHES = ("master", "main", "develop", "dev", "trunk")


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            if isinstance(one, And) and any(map(asks_for_tag, one.operands)):
                for operand in one.operands:
                    names = _branches(operand)
                    if names:
                        message = f"this never holds: on a tag, 'branch' is the tag's name and not {listing(names)}"
                        yield Finding(within(condition, operand.start, operand.end), message)


def _branches(tree: Expression) -> tuple[str, ...]:
    """Return the branches of which a condition asks for one, if nobody names a tag like any of them; else none."""
    match tree:
        case Compare(operator="eq", left=Var(name="branch"), right=Value(text=name)) if name in _BRANCHES:
            return (name,)
        case In(operator="in", left=Var(name="branch"), items=items) if items:
            names = tuple([one.text for one in items if isinstance(one, Value) and one.text in _BRANCHES])
            return names if len(names) == len(items) else ()
        case Or(operands=operands):
            found = [_branches(one) for one in operands]
            return tuple(dict.fromkeys([name for names in found for name in names])) if all(found) else ()
    return ()


RULE = Rule(
    name="branch-and-tag",
    severity=Severity.ERROR,
    summary="a condition asks for a branch and a tag",
    why="Git does not tell on which branch a tag is, so Travis has the tag's name for both, and the two never come "
    "together. Ask for the tag alone; a script can ask git for the branches that hold it.",
    bad="language: python\nif: branch = main AND tag IS present # <- here\n",
    good="language: python\nif: tag IS present\n",
    check=check,
    trigger=(("branch", "tag", "if"),),
)
