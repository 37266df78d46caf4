"""Repairing a value that must be one of a fixed set."""

from __future__ import annotations

import re

from travistool.schema.elements import Element
from travistool.schema.run import Run
from travistool.schema.shape import Shape
from travistool.schema.stopwords import similar

_NOT_WORD = r"(?a)\W"
_NOT_LETTER = r"[^a-z]"


def repair_value(run: Run, shape: Shape, element: Element) -> None:
    """Replace another name, a typo or a value with extra text by the known value. Changes the element in place."""
    text = str(element.value)
    if text in shape.values:
        return
    known = [value for value in shape.values if isinstance(value, str)]
    name = shape.value_aliases.get(text)
    if name is not None:
        run.say("info", element, "alias_value", {"alias": text, "value": name})
        element.value = text = name
    if text not in known and run.options.fix:
        _repair(run, shape, known, element)


def _repair(run: Run, shape: Shape, known: list[str], element: Element) -> None:
    text = str(element.value)
    if "\n" in text:
        # Ruby's split drops trailing empty parts, so a text of line ends only has no first line.
        lines = text.rstrip("\n").split("\n")
        run.say("warn", element, "clean_value", {"original": text, "value": lines[0]})
        element.value = text = lines[0]
        if text in known:
            return
    candidates = [str(value).lower() if isinstance(value, bool) else value for value in shape.values]
    found = similar(candidates, text)
    code = "find_value"
    if found is None:
        found = _cleaned(known, text)
        code = "clean_value"
    if found is not None:
        run.say("warn", element, code, {"original": text, "value": found})
        element.value = found


def _cleaned(known: list[str], text: str) -> str | None:
    words = text.split()
    first = words[0] if words else ""
    for candidate in (first, re.sub(_NOT_WORD, "", text).lower(), re.sub(_NOT_LETTER, "", first)):
        if candidate in known:
            return candidate
    return None
