"""The text of an `env` entry, such as `A=1 B="x y"`, as pairs of name and value.

Follows sh_vars (lib/sh_vars/string.rb at 1b847a2) to the letter, because its quirks decide what a build sees:

- Quotes stay in the value: `A="x y"` gives `"x y"`.
- `$(` and `${` never find their closing bracket and swallow the rest of the text: `A=$(cmd) B=2` is one pair.
- A name without `=` has an empty value: `A=hello world` gives `A` and `world`.
- An entry that is quoted as a whole, `"A=1 B=2"`, is unquoted first, and only its first pair counts.
- Inside double quotes a backslash that does not escape a double quote ends the plain reading: from there on an
  apostrophe opens a quote of its own. Quotes nest with two more backslashes per level.

Known deviation: quotes nested deeper than `MAX_LEVELS` are an error.
"""

from __future__ import annotations

import re

MAX_LEVELS = 40
"""How deep double quotes may nest. Level 40 needs 80 backslashes before each quote."""

END = "end of text"
"""`ShellVarsError.expected` where a pair is over but neither a blank nor the end follows."""

# What Ruby's String#strip removes.
BLANKS = "\0\t\n\v\f\r "
_SIGNS = ('"', "'", "`", "$", "\\")

# A pair without the quirks, up to the blanks behind it or the end. Kept as text: most entries are plainer still.
_PAIR = r"""(?a)([^\s="][^\s=]*+)(?:=((?:[^\s"'`$\\]|\$(?![({])|"[^"\\]*+"|'[^']*+'|`[^`]*+`)*+))?+(?:\s++|\Z)"""


class ShellVarsError(ValueError):
    """Text that is no list of variables. `position` is the 0-based offset (code points) of the problem.

    `expected` is the quote that is missing there, or `END`.
    """

    def __init__(self, position: int, expected: str) -> None:
        super().__init__(f"expected {expected} at {position}")
        self.position = position
        self.expected = expected


def parse(text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of name and value in `text`, in written order, duplicates included.

    Blank text, and an entry that is only a pair of quotes, have none. Raises ShellVarsError.
    """
    stripped = text.strip(BLANKS)
    pairs = _plain(stripped) or _usual(stripped)
    if pairs is not None:
        return pairs
    # Imported late: few entries are odd enough.
    from travistool.grammar.shell_reader import Reader  # noqa: PLC0415

    return Reader(stripped, len(text) - len(text.lstrip(BLANKS))).pairs()


def _plain(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return the pairs of text without any sign that means something to the shell; None if it has one."""
    if not (text.isascii() and text.isprintable()) or any(sign in text for sign in _SIGNS):
        return None
    pairs = []
    for word in text.split():
        name, _, value = word.partition("=")
        if not name:
            return None
        pairs.append((name, value))
    return tuple(pairs)


def _usual(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return the pairs of text whose quotes are simple; None if some are not."""
    pairs = []
    at = 0
    while at < len(text):
        match = re.compile(_PAIR).match(text, at)
        if match is None:
            return None
        pairs.append((match[1], match[2] or ""))
        at = match.end()
    return tuple(pairs) or None
