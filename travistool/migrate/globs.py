"""Ruby's patterns of branches as lists of globs, where these say exactly the same.

The globs are those of GitHub's filters: `*` (no slash), `**` (anything), `+` and `?` (the character before), `[]`.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from typing import NamedTuple

_MOST = 16
_SPECIAL = frozenset("*?+[]!\\")
_META = frozenset(".^$*+?{}[]\\|()")
_CLASSES = {"d": "[0-9]", "w": "[A-Za-z0-9_]", "h": "[0-9a-fA-F]"}
ANYTHING = "**"


# Of what Ruby reads, only this is something else to `grep -P`.
_HEX = re.compile(r"(?<!\\)((?:\\\\)*)\\h")


class NoGlobError(ValueError):
    """The pattern says something that globs cannot."""


class _Atom(NamedTuple):
    """Alternatives, each a glob. `is_single`: one character, which `+` and `?` can follow."""

    globs: tuple[str, ...]
    is_single: bool = False
    is_any: bool = False


def globs(pattern: str) -> tuple[str, ...] | None:
    """Return the globs that fit what the pattern is found in; None where there are none, or too many."""
    try:
        return _Reader(pattern).whole()
    except NoGlobError:
        return None


def for_grep(pattern: str) -> str:
    """Return Ruby's pattern as `grep -P` reads it."""
    from travistool.grammar.conditions import regex  # noqa: PLC0415  # few configs have patterns

    pattern = _HEX.sub(r"\1[0-9a-fA-F]", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error:
        # What Ruby lets pass and others do not, such as `^*`, is written in another way.
        with suppress(ValueError):
            return regex.compile(pattern).regex.pattern
    return pattern


def literal_glob(name: str) -> str:
    """Return the glob for exactly this name."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in name)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> tuple[str, ...]:
        found: list[str] = []
        for branch in _split(self.text):
            found += _Branch(branch).globs()
            if len(found) > _MOST:
                raise NoGlobError
        return tuple(dict.fromkeys(found))


def _split(text: str) -> list[str]:
    """Split at the bars on the top level."""
    parts, depth, start, at, in_set = [], 0, 0, 0, False
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif in_set:
            in_set = char != "]"
        elif char == "[":
            in_set = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


class _Branch:
    """One alternative of the whole pattern, anchors at its ends."""

    def __init__(self, text: str) -> None:
        self.is_open_left = not text.startswith(("^", "\\A"))
        text = text.removeprefix("^").removeprefix("\\A")
        ends = text.endswith("$") and not text.endswith("\\$")
        self.is_open_right = not (ends or text.endswith(("\\z", "\\Z")))
        self.text = text[:-1] if ends else text.removesuffix("\\z").removesuffix("\\Z")

    def globs(self) -> list[str]:
        found = _sequence(self.text)
        before, after = ("**" if self.is_open_left else ""), ("**" if self.is_open_right else "")
        return [_short(f"{before}{one}{after}") for one in found]


def _short(glob: str) -> str:
    while "****" in glob:
        glob = glob.replace("****", "**")
    return glob


def _sequence(text: str) -> list[str]:
    """Return all globs of a text without bars on its top level."""
    found = [""]
    at = 0
    while at < len(text):
        atom, at = _atom(text, at)
        repeat, at = _repeat(text, at)
        is_last = at >= len(text)
        found = [one + more for one in found for more in _repeated(atom, repeat, found, is_last)]
        if len(found) > _MOST:
            raise NoGlobError
    return found


def _atom(text: str, at: int) -> tuple[_Atom, int]:  # noqa: C901  # one step for each kind
    char = text[at]
    if char == "\\":
        if at + 1 >= len(text):
            raise NoGlobError
        following = text[at + 1]
        if following in _CLASSES:
            return _Atom((_CLASSES[following],), is_single=True), at + 2
        if following.isalnum():
            raise NoGlobError
        return _Atom((literal_glob(following),), is_single=True), at + 2
    if char == ".":
        return _Atom(("",), is_any=True), at + 1
    if char == "[":
        end = text.find("]", at + 2)
        inside = text[at + 1 : end]
        if end < 0 or inside.startswith("^") or any(one in inside for one in "\\[&|") or not _is_range(inside):
            raise NoGlobError
        return _Atom((f"[{inside}]",), is_single=True), end + 1
    if char == "(":
        end = _closing(text, at)
        inside = text[at + 1 : end].removeprefix("?:")
        if inside.startswith("?"):
            raise NoGlobError
        return _Atom(tuple([glob for part in _split(inside) for glob in _sequence(part)])), end + 1
    if char in _META:
        raise NoGlobError
    return _Atom((literal_glob(char),), is_single=True), at + 1


def _is_range(inside: str) -> bool:
    return bool(inside) and all(char.isalnum() or char == "-" for char in inside) and not inside.endswith("-")


def _closing(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if not depth:
                return at
        at += 1
    raise NoGlobError


def _repeat(text: str, at: int) -> tuple[tuple[int, int | None], int]:
    if at >= len(text):
        return (1, 1), at
    plain: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if text[at] in plain:
        found, at = plain[text[at]], at + 1
        return found, at + 1 if at < len(text) and text[at] in "?+" else at
    if text[at] == "{":
        end = text.find("}", at)
        low, comma, high = text[at + 1 : end].partition(",")
        if end < 0 or not low.isdigit() or (high and not high.isdigit()):
            raise NoGlobError
        return (int(low), int(high) if high else None if comma else int(low)), end + 1
    return (1, 1), at


def _repeated(atom: _Atom, repeat: tuple[int, int | None], before: list[str], is_last: bool) -> list[str]:
    low, high = repeat
    if atom.is_any:
        # Names of branches do not end in a slash: behind one, something follows anyway.
        if repeat == (0, None) or (repeat == (1, None) and is_last and all(one.endswith("/") for one in before)):
            return ["**"]
        raise NoGlobError
    if repeat == (1, 1):
        return list(atom.globs)
    if high is None:
        if not atom.is_single:
            raise NoGlobError
        (one,) = atom.globs
        more = one * max(low - 1, 0) + one + "+"
        return [more] if low else ["", more]
    if high * max(map(len, atom.globs), default=0) > 200 or high > 8:
        raise NoGlobError
    found: list[str] = []
    current = [""]
    for number in range(high + 1):
        if number >= low:
            found += current
        current = [one + more for one in current for more in atom.globs]
    return found


def as_pattern(glob: str) -> str:
    """Return a glob of Bash as a pattern that all of a text has to fit."""
    made = "".join(
        {"*": ".*", "?": "."}.get(char, char if char.isalnum() or char in "[]-_/" else f"\\{char}") for char in glob
    )
    return f"^{made}$"
