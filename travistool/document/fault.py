"""A syntax finding in the making."""

from typing import NamedTuple


class Fault(NamedTuple):
    """`start` and `end` are offsets into the cleaned text."""

    rule: str
    message: str
    start: int
    end: int
