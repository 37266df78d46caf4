"""`travis_wait` and `travis_retry` are functions of the job's shell with limits of their own."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.shell_text import Simple, Word
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_BUILTINS = ("cd", "export", "source", ".", "set", "pushd", "popd", "unset", "eval", "nvm", "rvm")
_PROGRAMS = ("sudo", "timeout", "xargs", "env", "nohup", "time", "nice", "xvfb-run")
_NAMES = ("travis_wait", "travis_retry")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *_NAMES):
        words = one.words
        if not words:
            continue
        if words[0].text == "travis_wait":
            yield from [Finding(command.span(word.start, word.end), said) for word, said in _waiting(one)]
        elif words[0].text in _PROGRAMS and words[0].text != "time":
            found = next((word for word in words[1:] if word.text in _NAMES), None)
            if found is not None:
                message = f"{quoted(words[0].text)} knows no '{found.text}', a function of the shell: swap the two"
                swapped = f"{found.text} {command.text[words[0].start : found.start].rstrip()}"
                span = command.span(words[0].start, found.end)
                fix = replacement("swap the two", (span, command.text[words[0].start : found.end], swapped))
                yield Finding(command.span(found.start, found.end), message, fix if found is words[1] else None)


def _waiting(one: Simple) -> Iterator[tuple[Word, str]]:
    """Yield what `travis_wait` cannot do, at the word to blame."""
    name, *rest = one.words
    if rest and fullmatch(r"\d+", rest[0].text):
        rest = rest[1:]
    if not rest:
        yield name, "'travis_wait' waits for the command behind it, and there is none"
        return
    first = rest[0]
    if first.text in _BUILTINS:
        yield first, f"{quoted(first.text)} has no effect behind 'travis_wait', which runs it in the background"
    elif fullmatch(r"[A-Za-z_]\w*=.*", first.text):
        yield first, f"'travis_wait' takes {quoted(first.text)} for the command, write 'env' before it"
    elif first.quoted and " " in first.text and len(rest) == 1:
        yield first, "'travis_wait' takes the whole text for the name of a program, remove the quotes"
    if one.next == "|":
        yield name, "a pipe swallows what 'travis_wait' prints to keep the job alive, put the pipe into a script"
    outputs = [target for sign, target in one.redirects if sign in (">", ">>", "&>", "1>", "&>>", "1>>")]
    if outputs:
        yield outputs[0], "the redirect swallows what 'travis_wait' prints to keep the job alive, remove it"


RULE = Rule(
    name="wrapper-misuse",
    severity=Severity.WARNING,
    summary="`travis_wait` or `travis_retry` is used in a way that does not work",
    why="`travis_wait` runs one simple command in the background and prints a line each minute so that the job is not ended "
    "for its silence: redirected or piped, the lines are gone. Other programs do not know these functions.",
    bad="language: c\nscript: travis_wait 30 make test > test.log # <- here\n",
    good="language: c\nscript: travis_wait 30 make test\n",
    check=check,
    trigger=_NAMES,
    sources=(
        "https://github.com/travis-ci/travis-ci/issues/3989: the output goes to /dev/null, and the job is ended for its silence",
        "https://github.com/travis-ci/travis-ci/issues/6591: a comment tells of a redirect into a file, with the same end",
    ),
)
