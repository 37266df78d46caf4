"""On the build of a tag, `branch` is the tag's name: a condition on a branch and a tag never holds."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import And, Compare, Expression, Is, Match, Value, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted

_BRANCHES = ("master", "main", "develop", "dev", "trunk")


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            if isinstance(one, And) and any(map(_asks_for_tag, one.operands)):
                for operand in one.operands:
                    name = _branch(operand)
                    if name is not None:
                        message = f"this never holds: on a tag, 'branch' is the tag's name and not {quoted(name)}"
                        yield Finding(within(condition, operand.start, operand.end), message)


def _asks_for_tag(tree: Expression) -> bool:
    match tree:
        case Is(left=Var(name="tag"), operator=operator, predicate=predicate):
            return (predicate == "present") is (operator == "is") and predicate in ("present", "blank")
        case Match(left=Var(name="tag"), operator="match"):
            return True
    return False


def _branch(tree: Expression) -> str | None:
    """Return the branch that a comparison asks for, if nobody names a tag like that."""
    match tree:
        case Compare(operator="eq", left=Var(name="branch"), right=Value(text=name)) if name in _BRANCHES:
            return name
    return None


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
