"""Secrets kept out of a stream: in any of the forms in which a log may show them, across the borders of its chunks.

As on Travis, values of fewer than three characters are not hidden: they are in every line.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

from travistool.grammar.secrets import MASK

SHORTEST = 3
"""Shorter values are not hidden."""


def forms(texts: Iterable[str]) -> frozenset[str]:
    """Return what to look for: values as written and as the shell makes them, whole, line by line, and quoted."""
    return frozenset(one for text in texts for one in _forms(text) if len(one) >= SHORTEST)


def short(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are too short to be hidden; empty ones aside."""
    return tuple([text for text in texts if 0 < len(unquoted(text)) < SHORTEST])


def unquoted(text: str) -> str:
    """Return a value as the shell makes it of its text: without quotes; as it is where they do not match."""
    try:
        words = shlex.split(text)
    except ValueError:
        return text
    return words[0] if len(words) == 1 else text


def _forms(text: str) -> Iterator[str]:
    for value in {text, unquoted(text)}:
        for line in {value, *value.splitlines()}:
            part = line.strip()
            yield part
            yield shlex.quote(part)
            yield re.sub(_ESCAPED, r"\\\g<0>", part)
            doubled = part.replace("\\", "\\\\")
            yield doubled.replace('"', '\\"').replace("$", "\\$").replace("`", "\\`")
            # As `set -x` and `ls` write it; as $'...' and other languages do; as JSON has it.
            yield part.replace("'", "'\\''")
            yield doubled.replace("'", "\\'")
            yield doubled.replace('"', '\\"')


_ESCAPED = r"[^A-Za-z0-9_\-.,:+/@%=\n]"


_HIDDEN = MASK.encode()


class StreamMask:
    """Hides texts in a stream of bytes. Only what may be the beginning of one is held back until more comes."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = sorted((text.encode() for text in forms(texts)), key=len, reverse=True)
        self._wanted = wanted
        self._longest = len(wanted[0]) if wanted else 0
        self._pattern = re.compile(b"|".join(map(re.escape, wanted))) if wanted else None
        self._starts = frozenset(one[0] for one in wanted)
        self._held = b""

    def feed(self, chunk: bytes) -> bytes:
        """Return what can be shown of a chunk and of what was held back."""
        if self._pattern is None:
            return chunk
        data = self._held + chunk
        cut = self._partial(data)
        self._held = data[cut:]
        return self._pattern.sub(_HIDDEN, data[:cut])

    def flush(self) -> bytes:
        """Return what is held back; nothing more comes."""
        held, self._held = self._held, b""
        return self._pattern.sub(_HIDDEN, held) if self._pattern is not None else held

    def text(self, text: str) -> str:
        """Return a text with all that is to be hidden replaced."""
        return self._pattern.sub(_HIDDEN, text.encode()).decode() if self._pattern is not None else text

    def _partial(self, data: bytes) -> int:
        """Return where the longest end of the data starts that a text to hide begins with; not inside a whole one."""
        first = max(0, len(data) - self._longest + 1)
        if self._pattern is None or not any(byte in self._starts for byte in data[first:]):
            return len(data)
        whole = [found.span() for found in self._pattern.finditer(data, max(0, first - self._longest))]
        for at in range(first, len(data)):
            if data[at] in self._starts and not any(start < at < end for start, end in whole):
                end = data[at:]
                if any(one.startswith(end) and one != end for one in self._wanted):
                    return at
        return len(data)
