"""The functions of a script: all that a config may call, and what of our own it needs. Bash reads them for each job."""

from __future__ import annotations

import os
import re
from functools import cache as once
from itertools import zip_longest

from travistool.record import Record

_DEFINED = re.compile(r"^(\w+)\(\) \{", re.MULTILINE)
_OWN = re.compile(r"_job_\w+")


class Paragraph(Record):
    """A paragraph of functions.sh: functions, of which `name` is the first, or words without one."""

    text: str
    name: str
    mentioned: frozenset[str]

    @property
    def is_public(self) -> bool:
        """Tell whether configs know it."""
        return bool(self.name) and not self.name.startswith("_")


def functions(text: str) -> str:
    """Return the functions for a script that goes on with a text."""
    return _chosen(frozenset(_OWN.findall(text)))


@once
def _chosen(called: frozenset[str]) -> str:
    needed = {*called, *(name for one in paragraphs() if one.is_public for name in one.mentioned)}
    while more := {name for one in paragraphs() if one.name in needed for name in one.mentioned} - needed:
        needed |= more
    kept = [one for one in paragraphs() if not one.name or one.is_public or one.name in needed]
    pairs = zip_longest(kept, kept[1:])
    return "\n\n".join(one.text for one, after in pairs if not _is_title(one) or (after is not None and after.name))


def _is_title(one: Paragraph) -> bool:
    return one.text.endswith("--")


@once
def paragraphs() -> tuple[Paragraph, ...]:
    """Return all there is."""
    # Without `importlib.resources`, which takes longer to load than making twenty scripts.
    with open(os.path.join(os.path.dirname(__file__), "functions.sh"), encoding="utf-8") as file:
        texts = file.read().rstrip("\n").split("\n\n")
    return tuple([_paragraph(text) for text in texts])


def _paragraph(text: str) -> Paragraph:
    name = _DEFINED.search(text)
    return Paragraph(text, name[1] if name else "", frozenset(_OWN.findall(text)))
