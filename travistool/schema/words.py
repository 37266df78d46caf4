"""Repairing a value that must be one of a fixed set."""

import re

from travistool.schema.elements import Element
from travistool.schema.run import Run
from travistool.schema.shape import Shape
from travistool.schema.stopwords import similar

_NOT_WORD = re.compile(r"\W", re.ASCII)
_NOT_LETTER = re.compile(r"[^a-z]")


def repair_value(run: Run, shape: Shape, element: Element) -> None:
    """Replace another name, a typo or a value with extra text by the known value. Changes the element in place."""
    known = [str(allowed.value) for allowed in shape.allowed if not isinstance(allowed.value, bool)]
    text = str(element.value)
    if text in known:
        return
    name = _aliases(shape).get(text)
    if name is not None:
        run.say("info", element, "alias_value", {"alias": text, "value": name})
        element.value = text = name
    if text not in known and run.options.fix:
        _repair(run, shape, known, element)


def _aliases(shape: Shape) -> dict[str, str]:
    return {alias: str(allowed.value) for allowed in shape.allowed for alias in allowed.aliases}


def _repair(run: Run, shape: Shape, known: list[str], element: Element) -> None:
    text = str(element.value)
    if "\n" in text:
        # Ruby's split drops trailing empty parts, so a text of line ends only has no first line.
        lines = text.rstrip("\n").split("\n")
        run.say("warn", element, "clean_value", {"original": text, "value": lines[0]})
        element.value = text = lines[0]
        if text in known:
            return
    found = similar([str(allowed.value).lower() if isinstance(allowed.value, bool) else str(allowed.value)
                     for allowed in shape.allowed], text)
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
    for candidate in (first, _NOT_WORD.sub("", text).lower(), _NOT_LETTER.sub("", first)):
        if candidate in known:
            return candidate
    return None
