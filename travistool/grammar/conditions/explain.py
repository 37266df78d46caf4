"""Say what is wrong with a condition that cannot be read, and what its author may have meant.

The parser only knows where the text stops making sense. Each row of `_REPAIRS` is a usual mistake, recognized by
what stands around that place. Repairs are applied one after the other until the text can be read; only then is the
result suggested. The first one that fits gives the message, else it is what the parser missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from travistool.grammar.conditions.errors import SHELL, ConditionError
from travistool.grammar.conditions.explain_v0 import rewrite as rewrite_v0
from travistool.grammar.conditions.parse_v0 import read as read_v0
from travistool.grammar.conditions.parse_v1 import Failure
from travistool.grammar.conditions.parse_v1 import read as read_v1
from travistool.grammar.conditions.shell_code import is_shell_test, rewrite_shell
from travistool.grammar.similar import suggest

_MAX_REPAIRS = 8
# No condition in the recordings is longer than 700; repairs look at the whole text several times.
_MAX_LENGTH = 2000

_HERE = "\0"
"""Stands in the text where the parser gave up, while rows are tried."""

_QUOTED = rf"""(?:"[^"{_HERE}]*"|'[^'{_HERE}]*')"""
_WORD = rf"""[^\s()"',=!{_HERE}]+"""
_VALUE = rf"(?:{_QUOTED}|{_WORD})"
_ATTRIBUTE = (
    r"(?:type|repo|head_repo|os|dist|group|sudo|language|sender|fork|draft|branch|head_branch|tag|commit_message"
    r"|env\([^()]*\))"
)
_OPERATOR = r"(?:==?|!=|=~|~=|!~|IS\b|(?:NOT\s+)?IN\b)"
_JOIN = r"(?:\b(?:AND|OR)\b|&&|\|\|)"
_REST = rf"(?:(?!\s*{_JOIN}|\s*\Z).)+"
# The rest of a text with blanks, unless it rather is another condition.
_REST_OF_TEXT = rf"(?:(?!\s*{_JOIN}|\s*\Z|[=!]|\b(?:IS|IN|NOT)\b).)+(?=\s*{_JOIN}|\s*\Z)"
_PREDICATES = {
    **{word: word for word in ("present", "blank", "true", "false")},
    **dict.fromkeys(("exist", "exists", "set", "defined", "given"), "present"),
    **dict.fromkeys(("empty", "missing", "null", "nil", "unset"), "blank"),
}


def explain(text: str, failure: Failure, version: str) -> ConditionError:
    """Return `failure` as an error about `text`, for the user."""
    start = min(failure.at, len(text))
    word = re.compile(rf"{_QUOTED}|[^\s()]+|\S|").match(text, start)
    end = word.end() if word else start
    message, suggestion = "", ""
    if len(text) <= _MAX_LENGTH and _HERE not in text:
        message, suggestion = _mend_v0(text) if version == "v0" else _mend(text, failure)
    return ConditionError(message or _missing(text[start:end], failure), start, end, suggestion, kind=failure.kind)


def _missing(found: str, failure: Failure) -> str:
    where = f"before {found!r}" if found else "at the end"
    match failure.expected:
        case "the end" | "an operator or the end":
            return f"unexpected {found!r}, AND or OR may be missing before it, or quotes around the text"
        case "less nesting":
            return "parentheses are nested too deeply"
        case '"' | "'" | "/":
            return f"a closing {failure.expected} is missing"
        case ")":
            return f"a closing parenthesis is missing {where}"
        case "an operand":
            return f"an attribute or a value is missing {where}"
        case expected:
            return f"{expected} is missing {where}"


def _mend(text: str, failure: Failure) -> tuple[str, str]:
    """Return the message about the first mistake and the text without mistakes, "" for what we cannot tell."""
    message = ""
    for _ in range(_MAX_REPAIRS):
        for repaired, reason in _attempts(text, failure):
            message = message or reason
            try:
                read_v1(repaired)
            except Failure as next_failure:
                if len(repaired) - next_failure.at >= len(text) - failure.at and not _is_shell(text, failure):
                    continue
                text, failure = repaired, next_failure
                break
            return message, repaired.strip()
        else:
            return message, ""
    return message, ""


def _attempts(text: str, failure: Failure) -> Iterator[tuple[str, str]]:
    if _is_shell(text, failure):
        repaired, reason = rewrite_shell(text)
        if repaired != text:
            yield repaired, reason
    marked = text[: failure.at] + _HERE + text[failure.at :]
    for expected, pattern, replacement, reason in _REPAIRS:
        match = pattern.search(marked) if failure.expected in expected or not expected else None
        if not match:
            continue
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        repaired = marked[: match.start()] + new + marked[match.end() :]
        yield (
            repaired.replace(_HERE, ""),
            reason.format(**{name: value or "" for name, value in match.groupdict().items()}),
        )


def _is_shell(text: str, failure: Failure) -> bool:
    return failure.kind == SHELL or is_shell_test(text) or text.startswith(("$", '"$', "'$"), failure.at)


def _mend_v0(text: str) -> tuple[str, str]:
    message = ""
    for repaired, reason in rewrite_v0(text):
        message = message or reason
        try:
            read_v0(repaired)
        except Failure:
            continue
        return message, repaired
    return message, ""


def _predicate(match: re.Match[str]) -> str:
    """`IS pesent` is a typo of present, `IS master` means `= master`."""
    value = match["value"]
    predicate = suggest(_PREDICATES, value)
    negation = match["negation"] or ""
    if predicate:
        return f"IS {negation}{_PREDICATES[predicate]}"
    return f"{'!=' if negation else '='} {value}"


def _alternatives(match: re.Match[str]) -> str:
    """`= (a OR b)` means `IN (a, b)`, `= (a)` means `= a`."""
    items = [
        item for item in re.split(rf"\s*(?:,|{_JOIN})\s*|\s+", match["items"].strip(), flags=re.IGNORECASE) if item
    ]
    if len(items) == 1:
        return f"{match['operator']} {items[0]}"
    return f"{'NOT IN' if match['operator'] == '!=' else 'IN'} ({', '.join(items)})"


def _list(match: re.Match[str]) -> str:
    items = [item for item in re.split(r"[\s,]+", match["items"].replace(_HERE, "").strip()) if item]
    return f"IN ({', '.join(items)})"


def _pattern(match: re.Match[str]) -> str:
    """Put slashes around the pattern, escaping those inside."""
    operator = {"=": "=~", "==": "=~", "!=": "!~", "~=": "=~"}.get(match["operator"], match["operator"])
    pattern, closing = _balance(match["pattern"])
    # A leading star is meant as "anything", which a search allows anyway.
    pattern = re.sub(r"(?<!\\)/", r"\\/", pattern.removeprefix("/").lstrip("*"))
    return f"{operator} /{pattern}/{closing}"


def _quote(match: re.Match[str]) -> str:
    value, closing = _balance(match["value"])
    quote = "'" if '"' in value else '"'
    return f"{match['operator']} {quote}{value}{quote}{closing}"


def _balance(text: str) -> tuple[str, str]:
    """Split off the brackets at the end of `text` that are closed but not opened in it."""
    text, closing = text.replace(_HERE, "").strip(), ""
    while text.endswith(")") and text.count(")") > text.count("("):
        text, closing = text[:-1], closing + ")"
    return text, closing


_Replacement = str | Callable[[re.Match[str]], str]


def _row(
    expected: str, pattern: str, replacement: _Replacement, reason: str
) -> tuple[str, re.Pattern[str], _Replacement, str]:
    return expected, re.compile(pattern, re.IGNORECASE | re.ASCII | re.DOTALL), replacement, reason


_UNEXPECTED = "the end or )"
# What the parser missed ("" for anything), what stands around the place, what to put there, what to tell the user.
_REPAIRS = (
    _row(
        _UNEXPECTED,
        rf"\bIS\s+(?P<negation>NOT\s+)?{_HERE}(?P<value>{_VALUE})",
        _predicate,
        "IS takes present, blank, true or false, not {value}; use = and != to compare",
    ),
    _row(
        _UNEXPECTED,
        rf"\bIS\s+(?P<negation>NOT\s+)?{_HERE}\((?P<value>{_VALUE})\)",
        _predicate,
        "parentheses are not allowed after IS",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<predicate>present|blank|true|false){_HERE}(?P<more>\w+)",
        r"\g<predicate>",
        "IS takes {predicate}, not {predicate}{more}",
    ),
    _row(_UNEXPECTED, rf"(?<=\s){_HERE}NON\s+IN\b", "NOT IN", "'NON IN' should be NOT IN"),
    _row(
        _UNEXPECTED,
        rf"(?<=\s){_HERE}NOT\s+(?P<value>present|blank|true|false)\b",
        r"IS NOT \g<value>",
        "IS is missing before 'NOT {value}'",
    ),
    _row(
        _UNEXPECTED,
        rf"(?<=\s){_HERE}NOT\s*(?:\(\s*IN\s*(?P<items>\([^()]*\))\s*\)|(?P<list>\([^()]*\)))",
        lambda match: f"NOT IN {match['items'] or match['list']}",
        "NOT before a list should be NOT IN",
    ),
    _row(
        _UNEXPECTED,
        rf"(?<=\s){_HERE}NOT\s+(?P<value>(?>{_VALUE}))(?!\s*(?:{_OPERATOR}|\())",
        r"!= \g<value>",
        "NOT cannot compare, use != before {value}",
    ),
    _row(
        _UNEXPECTED,
        rf"\b(?P<operator>(?:NOT\s+)?IN)\s+{_HERE}(?P<value>{_VALUE}(?:\s*,\s*{_VALUE})*)",
        r"\g<operator> (\g<value>)",
        "IN needs a list in parentheses, such as IN ({value})",
    ),
    _row(
        "an operand",
        rf"(?P<operator>==?|!=)\s*{_HERE}\((?P<items>[^()]+)\)",
        _alternatives,
        "parentheses after {operator} are not allowed, use IN to compare with several values",
    ),
    _row(_UNEXPECTED, rf"!=\s*~\s*{_HERE}", "!~ ", "'!=~' should be !~"),
    _row("an operand", rf"=\s*{_HERE}=~", "=~", "'= =~' should be =~"),
    _row("an operand", rf"=\s*{_HERE}!(?!=)", "!=", "'=!' should be !="),
    _row(
        _UNEXPECTED,
        rf"(?P<operator>=~|~=|!~)\s*(?P<quote>[\"'])(?P<pattern>[^{_HERE}]*{_HERE}.*?)(?P=quote)",
        _pattern,
        "a pattern goes between slashes, not quotes",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<operator>=~|~=|!~)\s*(?P<pattern>[^\s{_HERE}]*\([^\s{_HERE}]*{_HERE}[^\s]+)",
        _pattern,
        "a pattern that ends with a parenthesis needs slashes around it",
    ),
    _row(_UNEXPECTED, rf"\benv\.\w+\s*{_HERE}\(", "env(", "env takes only a name, as in env(NAME)"),
    _row(_UNEXPECTED, rf"\A\s*{_JOIN}\s+{_HERE}", "", "AND and OR go between two conditions, not at the start"),
    _row("an operand", rf"\s*{_JOIN}\s*{_HERE}\s*(?=\)|\Z)", "", "a condition is missing after the last AND or OR"),
    _row(_UNEXPECTED, rf"\A\s*(?P<word>{_WORD})\s+{_HERE}\Z", r"\g<word>", ""),
    _row(
        _UNEXPECTED,
        rf"\s+{_HERE}(?=(?:NOT\s+|\(\s*)?{_ATTRIBUTE}\s*{_OPERATOR})",
        " AND ",
        "AND or OR is missing between two conditions",
    ),
    _row(
        _UNEXPECTED,
        rf"\bIN\s*\((?P<items>[^()]*{_HERE}[^()]*)\)",
        _list,
        "commas are missing between the values of the list, or quotes around a value with spaces",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<operator>==?|!=)\s*(?P<pattern>[^\s\"'{_HERE}]*{_HERE}\([^\s]*)",
        _pattern,
        "{operator} compares text, use =~ and slashes for a pattern",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<operator>=~|~=|!~)\s*(?P<pattern>[^\s{_HERE}]+\s+{_HERE}{_REST})",
        _pattern,
        "a pattern with spaces needs slashes around it",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<operator>==?|!=)\s*(?P<value>{_WORD}\s+{_HERE}{_REST_OF_TEXT})",
        _quote,
        "text with spaces needs quotes around it",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<left>{_ATTRIBUTE})\s+{_HERE}(?P<word>match(?:es)?|like)\s+(?P<pattern>[^\s()]+)",
        r"\g<left> =~ \g<pattern>",
        "'{word}' is not an operator, use =~ to match a pattern",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<left>{_ATTRIBUTE})\s+{_HERE}(?P<word>equals?)\s+(?P<value>{_VALUE})",
        r"\g<left> = \g<value>",
        "'{word}' is not an operator, use = to compare",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<left>{_ATTRIBUTE})\s+{_HERE}(?P<word>exists?|present|blank)\b",
        lambda match: f"{match['left']} IS {'blank' if match['word'] == 'blank' else 'present'}",
        "IS is missing before '{word}'",
    ),
    _row(
        _UNEXPECTED,
        rf"(?P<left>{_ATTRIBUTE})\s+{_HERE}(?P<value>{_QUOTED}|(?!(?:NOT|IS|IN)\b)\w(?:{_WORD})?)",
        r"\g<left> = \g<value>",
        "an operator is missing between {left} and {value}",
    ),
    _row(_UNEXPECTED, rf"{_HERE}#", "", "unexpected '#', conditions cannot have comments"),
    _row("the end", rf"{_HERE}\)", "", "unmatched closing parenthesis"),
    _row(")", rf"\s*{_HERE}\s*\Z", ")", "a closing parenthesis is missing at the end"),
    _row(
        "\"'", rf"(?P<text>(?P<quote>[\"'])[^\"']*?)\s*{_HERE}\Z", r"\g<text>\g<quote>", "a closing {quote} is missing"
    ),
)
