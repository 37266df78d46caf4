"""What is probably wrong where a text is not YAML: the parser's complaint and the line it stands in, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from travistool.document.events import MarkedYAMLError, YAMLError
from travistool.document.fault import Fault


class _Place(NamedTuple):
    """Where the parser gave up (`at`), where the construct it was reading starts (`since`), and in which text."""

    text: str
    at: int
    since: int
    problem: str

    def line(self, offset: int) -> tuple[int, int]:
        """Return the range of the line around `offset`."""
        start = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
        found = _BREAK.search(self.text, offset)
        return start, found.start() if found else len(self.text)


_Found = tuple[str, int, int]

_BREAK = re.compile(r"[\r\n]|\Z")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )[^\r\n]*", re.MULTILINE)
_TAB_INDENT = re.compile(r" *\t+")
_NO_BLANK_COLON = re.compile(r"\s*(?:- +)*([\w.-]+:)[^\s:/]")
_NO_BLANK_DASH = re.compile(r"\s*(?:- +)*(-[^\s-][^\r\n]*)")
_PAIR = re.compile(r"\s*(?:- +)*(\"[^\"]*\"|'[^']*'|[^\s\"'][^:\r\n]*?) *:[ \t]+(.*)", re.DOTALL)
_QUOTED = re.compile(r"""(?:"(?:\\.|[^"\\\r\n])*"|'(?:''|[^'\r\n])*')""")
_WORD = re.compile(r"[^\r\n]*")


def explain(text: str, error: YAMLError) -> Fault:
    """Return what is wrong, from the parser's `error` about the cleaned `text`."""
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return unreadable(text)
    context = error.context_mark
    at = min(mark.index, len(text))
    place = _Place(text, at, min(context.index, at) if context is not None else at, str(error.problem))
    conflict = _CONFLICT.search(text)
    if conflict:
        return Fault(
            "yaml-syntax", f"merge conflict {_quote(conflict[0])} left in the file, resolve it", *conflict.span()
        )
    for words, why in _CAUSES:
        if words in place.problem:
            found = why(place)
            if found is not None:
                return Fault("yaml-syntax", *found)
    start, end = _visible(place, at)
    return Fault("yaml-syntax", f"{_quote(text[start:end])} is not YAML, write 'key: value' or '- item'", start, end)


def unreadable(text: str) -> Fault:
    """Return the first character that no YAML text may hold."""
    match = _UNREADABLE.search(text)
    if match is None:
        return Fault("yaml-syntax", "the text cannot be read as YAML", 0, 0)
    code = ord(match[0])
    name = {0: "a NUL byte", 12: "a form feed"}.get(code, f"the control character U+{code:04X}")
    if "\ud800" <= match[0] <= "\udfff":
        name = f"a lone surrogate (U+{code:04X})"
    return Fault("control-character", f"{name} is not allowed in YAML, remove it", *match.span())


def _quote(text: str) -> str:
    text = text.strip()
    return f"'{text if len(text) <= 60 else text[:57] + '...'}'"


def _visible(place: _Place, offset: int) -> tuple[int, int]:
    """Return the range from `offset` to the end of its line, or the last line with text where that is empty."""
    start, end = place.line(offset)
    if not place.text[offset:end].strip():
        if not place.text[start:end].strip():
            last = len(place.text[:offset].rstrip())
            start, end = place.line(last)
        offset = start
    found = place.text[offset:end]
    return offset + len(found) - len(found.lstrip()), offset + len(found.rstrip())


def _bad_start(place: _Place) -> _Found | None:
    """A character that cannot start a value: a tab, or an indicator."""
    text, at = place.text, place.at
    start, end = place.line(at)
    char = text[at : at + 1]
    tab = _TAB_INDENT.match(text, start)
    if char == "\t":
        if tab and at < tab.end():
            return "a tab is used as indentation, indent with spaces", text.index("\t", start), tab.end()
        return "there is a tab before the value, use a space", at, at + 1
    if char in ("@", "`", "%"):
        value = text[at:end]
        return f"text cannot start with '{char}', put {_quote(value)} in quotes", at, at + len(value.rstrip())
    return None


def _colon(place: _Place) -> _Found | None:
    """A colon where no key can end: inside a value, or behind a key indented like a value's second line."""
    text, at = place.text, place.at
    start, end = place.line(at)
    tab = _TAB_INDENT.match(text, start)
    if tab:
        return "a tab is used as indentation, indent with spaces", text.index("\t", start), tab.end()
    head = text[start:at]
    pair = _PAIR.match(head)
    if pair is None and start:
        before = len(text[:start].rstrip())
        above, _ = place.line(before)
        joined = _NO_BLANK_COLON.match(text, above)
        if joined and joined.end() <= before:
            return f"a space is missing after {_quote(joined[1])}", joined.start(1), joined.end(1)
        key = head.strip()
        first = start + len(head) - len(head.lstrip())
        if key.startswith("- "):
            item = text[first:end]
            message = f"{_quote(item)} is indented like a continuation of the item above it, align it with that item"
            return message, first, first + len(item.rstrip())
        return (
            f"key {_quote(key)} is indented like a continuation of the value above it, align it with the other keys",
            first,
            at,
        )
    value_start = start + len(head) - len(head.lstrip())
    if pair:  # a key with blanks in it is rather the start of a command
        value_start = start + pair.start(1 if " " in pair[1] and pair[1][0] not in "\"'" else 2)
    value = text[value_start:end]
    quoted = _QUOTED.match(value)
    if quoted and value_start + quoted.end() <= at:
        rest = value_start + quoted.end()
        return f"{_quote(text[rest:end])} comes after the closing quote, put the whole value in quotes", *_visible(
            place, rest
        )
    return f"': ' inside unquoted text, put {_quote(value)} in quotes", value_start, value_start + len(value.rstrip())


def _no_colon(place: _Place) -> _Found:
    """A line that must be a key and has no colon."""
    start, end = _visible(place, place.since)
    line, _ = place.line(start)
    text = place.text
    joined = _NO_BLANK_COLON.match(text, line)
    if joined:
        return f"a space is missing after {_quote(joined[1])}", joined.start(1), joined.end(1)
    dash = _NO_BLANK_DASH.match(text, line)
    if dash:
        return f"a space is missing after the '-' of {_quote(dash[1])}", dash.start(1), dash.start(1) + 1
    return f"{_quote(text[start:end])} is neither a key nor a list item, write 'key: value' or '- item'", start, end


def _open_quote(place: _Place) -> _Found:
    mark = place.text[place.since : place.since + 1]
    kind = "double quote" if mark == '"' else "single quote"
    return f"this {kind} is never closed", place.since, place.since + 1


def _escape(place: _Place) -> _Found:
    start = max(place.text.rfind("\\", 0, place.at + 1), 0)
    escape = place.text[start : start + 2]
    return f"'{escape}' is not an escape sequence, use single quotes or write '\\{escape}'", start, start + 2


def _open_bracket(place: _Place) -> _Found:
    """A flow collection that is not closed, or whose items are not parted."""
    mark = place.text[place.since : place.since + 1]
    other = "]" if mark == "[" else "}"
    start, end = place.line(place.since)
    at = place.at
    if start <= at < end and place.text[at:end].strip():
        return (
            f"expected ',' or '{other}' before {_quote(place.text[at:end])}",
            at,
            at + len(place.text[at:end].rstrip()),
        )
    return f"this '{mark}' is never closed, '{other}' is missing", place.since, place.since + 1


def _flow_colon(place: _Place) -> _Found:
    """A colon at the end of text inside brackets."""
    start, end = _visible(place, place.since)
    return f"a space is missing after the ':' of {_quote(place.text[start:end])}", place.at, place.at + 1


def _no_value(place: _Place) -> _Found:
    """A bracket or comma where a value must stand."""
    text, at = place.text, place.at
    char = text[at : at + 1]
    if char == ",":
        return "a value is missing before ',', quote text that starts with ','", at, at + 1
    if char in ("]", "}"):
        return f"unmatched '{char}', quote text that starts with it", at, at + 1
    opened = max(text.rfind("[", 0, at + 1), text.rfind("{", 0, at + 1))
    other = "]" if opened >= 0 and text[opened] == "[" else "}"
    if opened < 0 or other in text[at:]:
        start, end = _visible(place, at)
        return (
            f"a value is missing before {_quote(text[start:end])}, quote text that starts with it",
            start,
            end,
        )
    return f"this '{text[opened]}' is never closed, '{other}' is missing", opened, opened + 1


def _no_key(place: _Place) -> _Found:
    """Something else than a key where a map goes on: bad indentation, or text behind a closed value."""
    text, at = place.text, place.at
    start, _ = place.line(at)
    head = text[start:at]
    if head.strip():
        rest_start, rest_end = _visible(place, at)
        rest = text[rest_start:rest_end]
        if rest[:1] in ("]", "}"):
            return f"unmatched '{rest[0]}', remove it", rest_start, rest_start + 1
        if head.rstrip()[-1:] in ("'", '"'):
            return f"{_quote(rest)} comes after the closing quote, put the whole value in quotes", rest_start, rest_end
        return f"{_quote(rest)} cannot follow {_quote(head)}, put the whole value in quotes", rest_start, rest_end
    return _indented(place)


def _indented(place: _Place) -> _Found:
    """A line that continues nothing above it."""
    first, end = _visible(place, place.at)
    word = place.text[first:end]
    dashed = _NO_BLANK_DASH.match(word)
    if dashed and ": " not in word:
        return f"a space is missing after the '-' of {_quote(word)}", first, first + 1
    here, since = place.line(first)[0], place.line(place.since)[0]
    if word.startswith("-") and first - here == place.since - since:
        return (
            f"a list item cannot follow a key at the same indentation, indent {_quote(word)} under its own key",
            first,
            end,
        )
    return f"{_quote(word)} is not aligned with anything above it, check its indentation", first, end


def _dash(place: _Place) -> _Found:
    start, end = _visible(place, place.at)
    word = place.text[start:end]
    return f"a list cannot start on the same line as its key, write {_quote(word)} on a line of its own", start, end


def _name(place: _Place) -> _Found:
    """`*` or `&` at the start of what is meant as text."""
    start, end = _visible(place, place.since)
    value = place.text[start:end]
    kind = "an alias" if value[:1] == "*" else "an anchor"
    return f"'{value[:1]}' starts {kind}, put {_quote(value)} in quotes if it is text", start, end


def _tag(place: _Place) -> _Found:
    start, end = _visible(place, place.since)
    return f"'!' starts a tag, put {_quote(place.text[start:end])} in quotes if it is text", start, end


def _header(place: _Place) -> _Found:
    start, end = _visible(place, place.since)
    value = place.text[start:end]
    return (
        f"'{value[:1]}' starts a block whose text begins on the next line, put {_quote(value)} in quotes if it is text",
        start,
        end,
    )


def _tab(place: _Place) -> _Found:
    start, _ = place.line(place.at)
    tab = _TAB_INDENT.match(place.text, start)
    end = tab.end() if tab else place.at + 1
    return "a tab is used as indentation, indent with spaces", place.text.find("\t", start, end), end


def _directive(place: _Place) -> _Found:
    start, end = place.line(place.since)
    return f"'%' at the start of a line is reserved in YAML, put {_quote(place.text[start:end])} in quotes", start, end


def _document(place: _Place) -> _Found:
    start, end = _visible(place, place.at)
    return f"{_quote(place.text[start:end])} is not allowed here, the value above it is already complete", start, end


def _question(place: _Place) -> _Found:
    start, end = _visible(place, place.at)
    return f"'?' starts a key, put {_quote(place.text[start:end])} in quotes if it is text", start, end


_CAUSES: tuple[tuple[str, Callable[[_Place], _Found | None]], ...] = (  # words of libyaml's or ruamel's complaint
    ("cannot start any token", _bad_start),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("unexpected end of stream", _open_quote),
    ("unexpected document", _open_quote),
    ("unknown escape character", _escape),
    ("expected hexdecimal number", _escape),
    ("escape sequence of", _escape),
    ("unexpected ':'", _flow_colon),
    ("expected ',' or", _open_bracket),
    ("node content", _no_value),
    ("expected key", _no_key),
    ("expected '-' indicator", _indented),
    ("expected <block end>", _no_key),
    ("sequence entries are not allowed", _dash),
    ("expected alphabetic or numeric character", _name),
    ("tag handle", _tag),
    ("expected '!'", _tag),
    ("the expected '>'", _tag),
    ("expected tag URI", _tag),
    ("comment or line break", _header),
    ("chomping or indentation", _header),
    ("indentation indicator", _header),
    ("tab character", _tab),
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("expected <document start>", _document),
    ("expected '<document start>'", _document),
    ("mapping keys are not allowed", _question),
)
