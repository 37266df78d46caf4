"""Quotes around a regular expression are a part of it: no branch has quotes in its name."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import Match, Regex
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case Match(pattern=Regex(source=str(source), start=start, end=end)) if _is_quoted(source):
                    inner = source[1:-1]
                    span = within(condition, start, end)
                    wanted = f"/{inner}/" if "/" not in inner else inner
                    fix = replacement(f"write '{wanted}'", (span, source, wanted)) if " " not in inner else None
                    message = f"the quotes around {quoted(inner)} are a part of the pattern, write '{wanted}'"
                    yield Finding(span, message, fix)


def _is_quoted(source: str) -> bool:
    return len(source) > 2 and source[0] == source[-1] and source[0] in "'\"" and source.count(source[0]) == 2


_STRINGS = "https://github.com/travis-ci/travis-conditions/blob/c5e8ab12b48b0e5b316dc41b5104887f54ab1ada/spec"
RULE = Rule(
    name="quoted-regex",
    severity=Severity.ERROR,
    summary="a regular expression of a condition is in quotes",
    why="What follows `=~` is the pattern as it stands, quotes and all: it fits only what has quotes itself. Put it between "
    "slashes, or leave it bare.",
    bad="language: c\nif: tag =~ '^v' # <- here\nscript: make\n",
    good="language: c\nif: tag =~ /^v/\nscript: make\n",
    check=check,
    trigger=(("if:", "~ '"), ("if:", '~ "'), ("if:", "~'"), ("if:", '~"'), ("if:", '~ \\"')),
    fix="unsafe",
    sources=(
        f'{_STRINGS}/v1/fixtures/passes.txt: `NOT env(TRAVIS_COMMIT_MESSAGE) =~ "\\[backend\\]"`, collected from users',
        f"{_STRINGS}/v1/fixtures/passes.txt: `env(MAKE_TARGET) =~ 'deb'`, collected from users",
    ),
)
