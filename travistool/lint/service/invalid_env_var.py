"""Environment text that is no list of `NAME=value`. All variables of the text are lost."""

from __future__ import annotations

import re

from travistool.diagnostics import Severity
from travistool.lint.places import inside
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import quoted
from travistool.schema.run import Message
from travistool.source import Span

_QUOTES = {'"': "double quote", "'": "single quote", "`": "backtick"}
_NAME = re.compile(r"(?:^|\s)([^\s=\"'`$]+)=")
_LOST = "so no variable here is set"


def _say(message: Message) -> str:
    from travistool.grammar.shell_vars import END, ShellVarsError, parse  # noqa: PLC0415  only faulty texts need it

    text = str(message.args["var"])
    try:
        parse(text)
    except ShellVarsError as error:
        if error.expected == END:
            return _misplaced(text, error.position)
        return _unclosed(text, error.expected[-1:])
    return f"this is not a list of 'NAME=value' pairs, {_LOST}"


def _place(message: Message) -> Span:
    from travistool.grammar.shell_vars import END, ShellVarsError, parse  # noqa: PLC0415

    text = str(message.args["var"])
    try:
        parse(text)
    except ShellVarsError as error:
        start = error.position if error.expected == END else _opened(text)
        return inside(message, start, start + 1)
    return message.span


def _misplaced(text: str, position: int) -> str:
    word = text[position:].split()
    before = text[:position]
    if word and word[0].startswith("="):
        name = before.split()[-1] if before.endswith((" ", "\t")) and before.strip() else ""
        if name and name.isidentifier():
            return f"spaces around '=' keep the variables here from being set, write '{name}=...'"
        return f"a name is missing before '=', {_LOST}"
    names = _NAME.findall(text[:position])
    behind = f" after the value of {quoted(names[-1])}" if names else ""
    return f"a space or a quote is missing{behind}, {_LOST}"


def _unclosed(text: str, mark: str) -> str:
    """Say which variable's quote is open. The value is not shown, it may be a secret."""
    names = _NAME.findall(text[: _opened(text)])
    of = f" in the value of {quoted(names[-1])}" if names else ""
    return f"a {_QUOTES.get(mark, 'quote')}{of} is never closed, {_LOST}"


def _opened(text: str) -> int:
    """Return the offset of the quote that stays open, 0-based; the end of the text when none does."""
    start, quote, index = len(text), "", 0
    while index < len(text):
        char = text[index]
        if char == "\\" and quote != "'":
            index += 1
        elif not quote and char in _QUOTES:
            start, quote = index, char
        elif char == quote:
            quote = ""
        index += 1
    return start if quote else len(text)


RULE = ServiceRule(
    name="invalid-env-var",
    code="invalid_env_var",
    severity=Severity.ERROR,
    summary="the text under `env` cannot be read as variables",
    why="Travis drops the whole text, so the job runs without any of its variables. Close each quote, or write the "
    "variables as a map: `NAME: value`.",
    say=_say,
    place=_place,
    bad='language: python\nenv:\n  global:\n    - MODE=fast FLAGS="-v -x # <- here\n',
    good='language: python\nenv:\n  global:\n    - MODE=fast FLAGS="-v -x"\n',
)
