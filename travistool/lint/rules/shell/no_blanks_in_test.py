"""`[ $A=b ]` without blanks is a test of one text that is not empty: it always holds."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_COMPARING = r"^(?:[^=!]+|\"[^\"]*\")(!=|==?)(?!~)"

# A bracket or `test` and a blank, then something up to the sign without a blank.
_MAY_COMPARE = r"(?:\[|\btest)\s+[^\s=]+="


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "[", "test ") if search(_MAY_COMPARE, file.text) else ():
        words = one.words
        if len(words) == 2 and words[0].text == "[[":
            inner = words[1].raw.removesuffix("]]")
        elif (len(words) == 3 and words[0].text == "[" and words[2].text == "]") or (
            len(words) == 2 and words[0].text == "test"
        ):
            inner = words[1].raw
        else:
            continue
        text = inner.strip()
        if any(sign in text for sign in " \t\n") or search(_COMPARING, text) is None:
            continue
        start = words[1].start + inner.index(text)
        message = f"without spaces around '=', {quoted(text)} is one word and the test always holds"
        sign = search(_COMPARING, text)
        assert sign is not None
        operator = command.span(start + sign.start(1), start + sign.end(1))
        fix = replacement("put spaces around it", (operator, sign[1], f" {sign[1]} "))
        yield Finding(command.span(start, start + len(text)), message, fix)


RULE = Rule(
    name="no-blanks-in-test",
    severity=Severity.ERROR,
    summary="a comparison without spaces always holds",
    why="The shell compares only if the operator is a word of its own. Without spaces it asks whether the text is "
    "empty, which it never is.",
    bad="language: c\nscript: if [ $CC=gcc ]; then make check; fi # <- here\n",
    good='language: c\nscript: if [ "$CC" = gcc ]; then make check; fi\n',
    check=check,
    trigger=(("[ ", "="), ("[[", "="), ("test $", "="), ('test "', "=")),
    fix="unsafe",
)
