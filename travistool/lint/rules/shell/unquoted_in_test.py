"""A variable without quotes in `[ ]`: when it is empty, the test lacks a word and is an error, or always holds."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer, fullmatch

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.shell_text import Word
from travistool.lint.subject import File
from travistool.lint.variables import NEVER_EMPTY
from travistool.lint.wording import quoted

_VARIABLE = r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})"
_BETWEEN = ("=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge")


def check(file: File) -> Iterator[Finding]:
    given = {variable.name for variable in file.variables if variable.value} | NEVER_EMPTY | {"CC", "CXX"}
    given |= {found[1] for found in finditer(r"(?<![$\w{])([A-Za-z_]\w*)=", file.text)}
    given |= {"SECONDS", "RANDOM", "LINENO", "UID", "EUID", "PPID"}
    given |= {found[1] for found in finditer(r"\bfor +([A-Za-z_]\w*) +in\b", file.text)}
    for command, one in calls(file, "[ $", "[ -n $", "[ ! $", "test $", "test -n $", "[ ! -n $"):
        if not one.words or one.words[0].text not in ("[", "test"):
            continue
        words = one.words[1:]
        for place, word in enumerate(words):
            said = _said(words, place, given)
            if said:
                span = command.span(word.start, word.end)
                fix = (
                    Fix("put quotes around it", (Edit(span, f'"{word.raw}"'),), safe=False)
                    if span.text == word.raw
                    else None
                )
                yield Finding(span, f"{quoted(word.raw)} {said}, put double quotes around it", fix)


def _said(words: tuple[Word, ...], place: int, given: frozenset[str] | set[str]) -> str:
    found = fullmatch(_VARIABLE, words[place].raw)
    if found is None or (found[1] or found[2]) in given:
        return ""
    if place and words[place - 1].text == "-n":
        return "without quotes makes '-n' hold always, also when it is empty"
    following = words[place + 1].text if place + 1 < len(words) else ""
    is_first = not place or words[place - 1].text in ("!", "-a", "-o")
    return "makes the test an error when it is empty" if is_first and following in _BETWEEN else ""


RULE = Rule(
    name="unquoted-in-test",
    severity=Severity.INFO,
    summary="a variable in `[ ]` has no quotes",
    why="The shell drops an empty variable without quotes, and the test is one word short: `[ = x ]` is an error, "
    "which counts as no, and `[ -n ]` always holds. Write quotes, or `[[ ]]`, which needs none.",
    bad="language: c\nscript: if [ $TRAVIS_TAG != v1 ]; then make check; fi # <- here\n",
    good='language: c\nscript: if [ "$TRAVIS_TAG" != v1 ]; then make check; fi\n',
    check=check,
    trigger=("[ $", "[ -n $", "[ ! $", "test $", "test -n $", "[ ! -n $"),
    fix="unsafe",
)
