"""`type = push AND type = cron` never holds, `branch != a OR branch != b` always does: a word in between is the wrong one."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import And, Call, Compare, In, Not, Or, Value, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import within
from travistool.lint.wording import listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.grammar.conditions.syntax import Expression
    from travistool.lint.subject import File

    Asked = tuple[str, bool, frozenset[str]]
    """What is compared, whether it must be one of some texts (or none of them), and these texts."""


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        inner: set[int] = set()
        for one in parts(tree) if tree is not None else ():
            if not isinstance(one, And | Or) or id(one) in inner:
                continue
            operands = list(_operands(one, type(one), inner))
            said = _said([asked for part in operands if (asked := _asked(part)) is not None], all_=isinstance(one, And))
            if said:
                yield Finding(within(condition, one.start, one.end), said)


def _operands(tree: Expression, kind: type[And | Or], inner: set[int]) -> Iterator[Expression]:
    """Yield what is joined by the same word, in brackets or not."""
    if isinstance(tree, kind):
        inner.add(id(tree))
        for one in tree.operands:
            yield from _operands(one, kind, inner)
    else:
        yield tree


def _said(asked: list[Asked], *, all_: bool) -> str:
    """Say why the parts never hold together, or why one of them always does; `` if neither is so."""
    for place, (name, is_one, texts) in enumerate(asked):
        for other, is_other_one, others in asked[place + 1 :]:
            # What cannot be together excludes itself; the opposite of that leaves nothing out.
            if other != name:
                continue
            if all_ and is_one and is_other_one and not texts & others:
                return f"this never holds, '{name}' is only one of {listing(sorted(texts | others), 'and')} at a time: write OR"
            if all_ and is_one != is_other_one and (texts if is_one else others) <= (others if is_one else texts):
                return f"this never holds, it asks for {listing(sorted(texts & others), 'and')} and against it"
            if not all_ and not is_one and not is_other_one and not texts & others:
                return f"this always holds, '{name}' is never both {listing(sorted(texts | others), 'and')}: write AND"
            if not all_ and is_one != is_other_one and (others if is_one else texts) <= (texts if is_one else others):
                return f"this always holds, it takes {listing(sorted(texts & others), 'and')} and everything else"
    return ""


def _asked(tree: Expression) -> Asked | None:
    match tree:
        case Not(operand=operand):
            found = _asked(operand)
            return None if found is None else (found[0], not found[1], found[2])
        case Compare(left=left, right=Value(text=text)) if _name(left):
            return _name(left), tree.operator == "eq", frozenset((text,))
        case In(left=left, items=items) if _name(left) and items and all(isinstance(one, Value) for one in items):
            texts = frozenset([one.text for one in items if isinstance(one, Value)])
            return _name(left), tree.operator == "in", texts
    return None


def _name(left: object) -> str:
    match left:
        case Var(name=name):
            return name
        case Call(name=name, arguments=(Value(text=text),)):
            return f"{name.lower()}({text})"
    return ""


_STRINGS = "https://github.com/travis-ci/travis-conditions/blob/c5e8ab12b48b0e5b316dc41b5104887f54ab1ada/spec"
RULE = Rule(
    name="constant-result",
    severity=Severity.ERROR,
    summary="a condition has the same result for every build",
    why="A value cannot be two texts at once: joined by `AND` two such comparisons never hold, and joined by `OR` their "
    "opposites always do. Nearly always the other word is meant; `IN` and `NOT IN` say it shorter.",
    bad="language: c\nif: branch != main OR branch != develop # <- here\nscript: make\n",
    good="language: c\nif: branch NOT IN (main, develop)\nscript: make\n",
    check=check,
    trigger=(("if:", "="), ("if:", "IN"), ("if:", "in ")),
    sources=(
        f"{_STRINGS}/v1/fixtures/passes.txt: `branch != master OR branch != run-visual-test-with-cron-job`, collected from users",
        f"{_STRINGS}/v1/fixtures/passes.txt: `branch == master AND branch != master`, collected from users",
    ),
)
