"""Typo correction within the schema: words that are known anywhere stand for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from travistool.grammar.similar import LOOK_ALIKES, closest
from travistool.schema.store import load


@cache
def stopwords() -> frozenset[str]:
    """Return the words that are never taken for a typo: all known keys, and look-alikes seen in real configs."""
    return load().everywhere | frozenset(LOOK_ALIKES)


def similar(candidates: Sequence[str], text: str) -> str | None:
    """Return the candidate that `text` is most likely a typo of; None when there is none or it is a word itself."""
    return closest(candidates, text, stopwords())
