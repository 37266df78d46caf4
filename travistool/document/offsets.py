"""Where each character of a scalar stands in the source: the text that YAML reads is not the text as it is written.

Quotes, escapes, folded lines and the indentation of blocks lie between the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from travistool.document.nodes import Scalar
from travistool.source import Source, Span

_FOLD = r"[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*"
# Text, so that `re` compiles each when it is first needed.
_BREAK = r"\r\n|\r|\n"
_FIRST = r"(?m)^ *(?=[^ \r\n])"
_TOKENS = {
    "": rf"(?s)([^ \t\r\n]+)|{_FOLD}|.",
    "'": rf"(?s)([^' \t\r\n]+)|''|{_FOLD}|.",
    '"': rf"(?s)([^\\ \t\r\n]+)|\\(?:x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|(?:\r\n|\r|\n)[ \t]*|.)|{_FOLD}|.",
}


def part(source: Source, node: Scalar, start: int, end: int) -> Span:
    """Return where the characters from `start` to `end` (0-based, half-open) of a scalar's text are written.

    The whole scalar where that cannot be told.
    """
    places = offsets(source, node)
    if len(places) != len(node.text) or not places:
        return Span(source, node.start, node.end)
    start = min(max(start, 0), len(places) - 1)
    last = max(min(end, len(places)) - 1, start)
    return Span(source, places[start], min(places[last] + 1, node.end))


def offsets(source: Source, node: Scalar) -> Sequence[int]:
    """Return the offset of each character of a scalar's text; empty where that cannot be told."""
    if node.style in ("|", ">"):
        return _block(source.text, node)
    quotes = 1 if node.style else 0
    start, end = node.start + quotes, node.end - quotes
    if source.text[start:end] == node.text:
        return range(start, end)
    found: list[int] = []
    for token in re.compile(_TOKENS[node.style]).finditer(source.text, start, end):
        if token[1]:
            found += range(*token.span())  # most: each character stands for itself
        else:
            found += [token.start()] * _length(token[0])
    return found if len(found) == len(node.text) else ()


def _length(token: str) -> int:
    """Return how many characters a token stands for: a line end is a blank, further ones are themselves."""
    if token.startswith("\\") and len(token) > 1:
        return 0 if token[1] in "\r\n" else 1
    breaks = len(re.findall(_BREAK, token))
    return max(breaks - 1, 1) if breaks else 1


def _block(text: str, node: Scalar) -> Sequence[int]:
    """Align the lines of a block with those of the source, which end in them."""
    header = re.compile(_BREAK).search(text, node.start)
    if header is None:
        return ()
    found: list[int] = []
    place, read = header.end(), 0
    indent = _leading(text[place:]) - _leading(node.text)
    while read < len(node.text):
        line_end = re.compile(_BREAK).search(text, place)
        end = line_end.start() if line_end else len(text)
        start = min(place + indent, end)
        line = text[start:end]
        if not node.text.startswith(line, read):
            return ()
        found += range(start, end)
        read += len(line)
        if read < len(node.text) and node.text[read] in " \n" and (line or node.text[read] == "\n"):
            found.append(end)
            read += 1
        if line_end is None:
            break
        place = line_end.end()
    return found if read == len(node.text) == len(found) else ()


def _leading(text: str) -> int:
    """Return the number of blanks that the first line with text starts with."""
    found = re.search(_FIRST, text)
    return found.end() - found.start() if found else 0
