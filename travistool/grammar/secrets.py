"""Text that must not be shown: what names, known token forms and the config itself say is a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from travistool.grammar.tokens import FORMS, KEY_ID, Token, tokens

MASK = "[secure]"

_TELLING = 6
"""Shorter secrets are not looked for inside other text: `a` is in every sentence."""

_LONG = 12
"""From this length on, a secret of letters only is taken for one wherever it stands; a shorter one may be a word."""

# Patterns stay text: `re` compiles each when it is first used and keeps it. Most lines need none, by these words.
_WORDS = ("token", "secret", "pass", "credential", "key")
_SECRET_NAMES = (
    *("TOKEN", "SECRET", "PASS", "PASSWD", "PASSWORD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS"),
    *(kind + sign + "KEY" for kind in ("API", "ACCESS", "PRIVATE", "SECRET", "DEPLOY", "AUTH") for sign in ("_", "")),
)
_LOGIN = r"(?<=://)(?P<before>[^\s/:@$]*:)(?P<value>[^\s/@$]+)(?=@)"
_USER = r"(?P<before>(?:\s-u|--user)[ =]?[\"']?[^\s:\"'$]*:)(?P<value>[^\s\"'$]+)"  # of curl and the like
# A variable in a command, a row or a condition: what it is set to, if its name says that this is a secret.
# Hex digits are no encrypted value: somebody took `secure` for a place to write secrets.
_UNENCRYPTED = r"\bsecure[\"']?:[ \t]*[\"']?(?P<value>[0-9a-f]{32,64})\b"
_SETTING = (
    r"\b(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<sign>=|\)?[ \t]*(?:==?|!=)[ \t]*)"
    r"(?P<value>\"[^\"$]+\"?|'[^']+'?|[^\s\"'$;|&)]+)"
)
_ENTRY = r"^\s*(?:- +)*[\"']?(?P<name>[A-Za-z_][\w-]*)[\"']?:[ \t]+(?P<value>[^\s$\[{&*|>!#][^#]*?)\s*(?:#.*)?$"


def is_secret(name: str, value: str) -> bool:
    """Tell whether a name says that its value is a secret; a value made of variables, or an empty one, is none."""
    return bool(value) and not value.startswith("$") and _tells_so(name)


def _tells_so(name: str) -> bool:
    # Without a pattern: one that ignores case takes 4 ms to compile.
    padded = f"_{name.upper()}_"
    return any(f"_{word}_" in padded for word in _SECRET_NAMES)


def secret_ranges(line: str) -> list[tuple[int, int]]:
    """Return where in a line of a config something looks like a secret, as (start, end)."""
    found = [(token.start, token.end) for token in _tokens(line)]
    if "://" in line and "@" in line:
        found += [match.span("value") for match in re.finditer(_LOGIN, line)]
    if "secure" in line:
        found += [match.span("value") for match in re.finditer(_UNENCRYPTED, line)]
    if "-u" in line:
        found += [match.span("value") for match in re.finditer(_USER, line)]
    lower = line.lower()
    if not any(word in lower for word in _WORDS):
        return found
    pairs = [*re.finditer(_SETTING, line), *re.finditer(_ENTRY, line)]
    return found + [match.span("value") for match in pairs if is_secret(match["name"], match["value"].strip("\"'.,"))]


def named_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text of several lines sets a long secret by a telling name: it is one wherever else it stands, too."""
    seen = 0
    for place in _telling(text):
        if place < seen:
            continue
        start, seen = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        seen = len(text) if seen < 0 else seen
        line = text[start:seen]
        for pair in (*re.finditer(_SETTING, line), *re.finditer(_ENTRY, line)):
            value = pair["value"].strip("\"'.,")
            if len(value) >= _LONG and "$" not in value and is_secret(pair["name"], value):
                yield start + pair.start("value"), start + pair.end("value")


def _telling(text: str) -> list[int]:
    """Return where telling words start, in order. Found one by one: a pattern with all of them takes ten times as long."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A letter has become two, so places would not fit.
        return [found.start() for found in re.finditer("|".join(_WORDS), text, re.IGNORECASE)]
    places = []
    for word in _WORDS:
        place = lowered.find(word)
        while place >= 0:
            places.append(place)
            place = lowered.find(word, place + 1)
    return sorted(places)


def _tokens(text: str) -> Iterator[Token]:
    return tokens(text, (*FORMS, KEY_ID))


class Mask:
    """Replaces secrets. `texts` are those that are known; short ones are replaced only where they stand alone."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = frozenset(text for text in texts if text.strip() and text != MASK)
        inside = sorted((text for text in self.texts if _tells(text)), key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, inside))) if inside else None

    def text(self, text: str) -> str:
        """Return a text with every secret in it replaced."""
        if text in self.texts:
            return MASK
        if self.pattern is not None:
            text = self.pattern.sub(MASK, text)
        for token in sorted(_tokens(text), key=lambda one: (one.start, one.end), reverse=True):
            text = text[: token.start] + MASK + text[token.end :]
        if "://" in text and "@" in text:
            text = re.sub(_LOGIN, rf"\g<before>{MASK}", text)
        if "-u" in text:
            text = re.sub(_USER, rf"\g<before>{MASK}", text)
        return re.sub(_SETTING, _setting, text) if "=" in text else text

    def value(self, value: Any) -> Any:
        """Return data with every secret in it replaced; an encrypted value becomes a text."""
        match value:
            case str():
                return self.text(value)
            case {"secure": _} if len(value) == 1:
                return MASK
            case Mapping():
                return {key: self.named(str(key), item) for key, item in value.items()}
            case list():
                return [self.value(item) for item in value]
            case _:
                return value

    def named(self, name: str, value: Any) -> Any:
        """Return the value of a variable or key, replaced where the name says that it is a secret."""
        is_hidden = isinstance(value, str) and (name == "secure" or is_secret(name, value))
        return MASK if is_hidden else self.value(value)

    def ranges(self, line: str) -> list[tuple[int, int]]:
        """Return where in a line of a config a secret stands, known or by its looks."""
        known = [] if self.pattern is None else [match.span() for match in self.pattern.finditer(line)]
        return known + secret_ranges(line)


NOTHING = Mask()


def _tells(text: str) -> bool:
    """Tell whether a secret is no word that also stands for itself (`password`, `travis`)."""
    return len(text) >= _LONG or (len(text) >= _TELLING and not text.isalpha())


def _setting(found: re.Match[str]) -> str:
    is_hidden = is_secret(found["name"], found["value"].strip("\"'."))
    return f"{found['name']}{found['sign']}{MASK}" if is_hidden else found[0]
