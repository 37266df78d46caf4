"""A syntax finding in the making."""

from __future__ import annotations

from travistool.record import Record


class Fault(Record):
    """`start` and `end` are offsets into the cleaned text."""

    rule: str
    message: str
    start: int
    end: int
