"""A character that looks like a blank, or like nothing, and is neither: Travis deletes it, and glues what it parted."""

from __future__ import annotations

from re import finditer
from unicodedata import name

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.clean import UNSEEN
from travistool.lint.nodes import comment_ranges, covers
from travistool.lint.rule import Finding, Rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    comments = comment_ranges(file.document)
    for found in finditer(UNSEEN, file.text):
        if covers(comments, found.start()) or (found.start() == 0 and found[0] == _MARK):
            continue
        span = Span(file.source, *found.span())
        before, after = file.text[: found.start()][-1:], file.text[found.end() : found.end() + 1]
        what = f"U+{ord(found[0][0]):04X} ({name(found[0][0], 'an unnamed character').lower()})"
        if before.strip() and after.strip() and found[0][0] in _BLANK:
            message = f"{what} looks like a space, but Travis deletes it and reads one word: write a space"
            yield Finding(span, message, Fix("write a space", (Edit(span, " "),), safe=False))
        else:
            message = f"{what} cannot be seen, Travis deletes it and other YAML readers take it for text, delete it"
            yield Finding(span, message, Fix("delete it", (Edit(span, ""),), safe=True))


_MARK = "\ufeff"  # at the start it tells the encoding, and all readers know it
_BLANK = frozenset("\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")

RULE = Rule(
    name="odd-blank",
    severity=Severity.WARNING,
    summary="a character cannot be seen, or looks like a space and is none",
    why="No-break spaces, zero-width characters and the like come with copied text. Travis deletes them, which glues "
    "two words together; other readers take them for text.",
    bad="language: c\nscript: make\u00a0test # <- here\n",
    good="language: c\nscript: make test\n",
    check=check,
    trigger=tuple(
        [*"\x85\xa0\xad\u061c\u1680\u180e\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u3000\ufeff\ufffd"]
        + [chr(code) for code in (*range(0x2000, 0x200B), *range(0x2028, 0x202F), *range(0x2060, 0x2070))]
    ),
    fix="unsafe",
)
