"""A condition (`if:`) as a tree.

Every node has `start` and `end`: 0-based offsets (code points) into the condition's text, half-open. Records, because a
dozen named tuples take 5 ms to import, and dataclasses 20.
"""

from __future__ import annotations

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


ATTRIBUTES = (
    *("type", "repo", "head_repo", "os", "dist", "group", "sudo", "language", "sender", "fork", "draft", "branch"),
    *("head_branch", "tag", "commit_message"),
)
"""What a condition of v1 may ask about, in the order in which the official parser tries them."""


class Var(Record):
    """An attribute, such as `branch`. v0 takes any of its keywords, in lower or upper case."""

    name: str
    start: int
    end: int


class Value(Record):
    """A constant text without its quotes. `quoted` tells `"branch"` from a bare word."""

    text: str
    quoted: bool
    start: int
    end: int


class Call(Record):
    """`env(...)` or `concat(...)`; `name` as written, in any case."""

    name: str
    arguments: tuple[Operand, ...]
    start: int
    end: int


class Regex(Record):
    """The right side of `=~`: a pattern in Ruby's dialect without its slashes, or a call that gives one."""

    source: str | Call
    start: int
    end: int


class Compare(Record):
    """`left = right` or `left != right`."""

    operator: Literal["eq", "not_eq"]
    left: Operand
    right: Operand
    start: int
    end: int


class Match(Record):
    """`left =~ pattern` or `left !~ pattern`. A `pattern` of None was left out, which Travis accepts."""

    operator: Literal["match", "not_match"]
    left: Operand
    pattern: Regex | None
    start: int
    end: int


class In(Record):
    """`left IN (items)` or `left NOT IN (items)`. `items` of None: no list follows, which crashes Travis."""

    operator: Literal["in", "not_in"]
    left: Operand
    items: tuple[Operand, ...] | None
    start: int
    end: int


class Is(Record):
    """`left IS predicate` or `left IS NOT predicate`; predicates are present, blank, true and false."""

    operator: Literal["is", "is_not"]
    left: Operand
    predicate: str
    start: int
    end: int


class Not(Record):
    """`NOT operand` or `!operand`."""

    operand: Expression
    start: int
    end: int


class And(Record):
    """Two or more operands joined on one level by `AND`."""

    operands: tuple[Expression, ...]
    start: int
    end: int


class Or(Record):
    """Two or more operands joined on one level by `OR`."""

    operands: tuple[Expression, ...]
    start: int
    end: int


Operand = Var | Value | Call
Expression = Operand | Compare | Match | In | Is | Not | And | Or


def to_sexp(tree: Expression, version: str = "v1") -> Any:
    """Return `tree` as the nested lists that the official parser of that version returns."""
    return (_V0 if version == "v0" else _V1).expression(tree)


class _V1:
    """v1 tags every operand and joins `a AND b AND c` from the left."""

    @classmethod
    def expression(cls, tree: Expression) -> Any:
        match tree:
            case Var() | Value() | Call():
                return cls.operand(tree)
            case Compare():
                return [tree.operator, cls.operand(tree.left), cls.operand(tree.right)]
            case Match():
                return [tree.operator, cls.operand(tree.left), cls.pattern(tree.pattern)]
            case In():
                items = None if tree.items is None else [cls.operand(item) for item in tree.items]
                return [tree.operator, cls.operand(tree.left), items]
            case Is():
                return [tree.operator, cls.operand(tree.left), tree.predicate]
            case Not():
                return ["not", cls.expression(tree.operand)]
            case And() | Or():
                return cls.join(type(tree).__name__.lower(), [cls.expression(one) for one in tree.operands])

    @classmethod
    def operand(cls, operand: Operand) -> Any:
        match operand:
            case Var():
                return ["var", operand.name]
            case Value():
                return ["val", operand.text]
            case Call():
                return ["call", operand.name, [cls.operand(one) for one in operand.arguments]]

    @classmethod
    def pattern(cls, pattern: Regex | None) -> Any:
        if pattern is None:
            return None
        return ["reg", pattern.source if isinstance(pattern.source, str) else cls.operand(pattern.source)]

    @staticmethod
    def join(tag: str, operands: list[Any]) -> Any:
        joined = operands[0]
        for operand in operands[1:]:
            joined = [tag, joined, operand]
        return joined


class _V0(_V1):
    """v0 has bare names and texts, and joins from the right."""

    @classmethod
    def operand(cls, operand: Operand) -> Any:
        match operand:
            case Var():
                return operand.name
            case Value():
                return operand.text
            case Call():
                return [operand.name.lower(), *(cls.operand(one) for one in operand.arguments)]

    @classmethod
    def pattern(cls, pattern: Regex | None) -> Any:
        return pattern and pattern.source

    @staticmethod
    def join(tag: str, operands: list[Any]) -> Any:
        joined = operands[-1]
        for operand in reversed(operands[:-1]):
            joined = [tag, operand, joined]
        return joined
