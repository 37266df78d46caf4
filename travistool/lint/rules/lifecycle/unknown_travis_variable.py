"""A variable that looks like one of Travis and does not exist is empty."""

from __future__ import annotations

from collections.abc import Iterator
from re import finditer, search

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.variables import TRAVIS
from travistool.lint.wording import quoted
from travistool.schema.elements import Element

_NEAR = 0.93
"""How alike two names must be: one letter or two of a usual name may differ."""
_USE = r"\$\{?(TRAVIS_[A-Z0-9_]+)"


_SOURCED = r"(?m)(?:^|[\s;&\"'])(?:source|\.)\s+[\w.$~/{-]"
_TAKEN_FOR = {
    "TRAVIS_PR": "TRAVIS_PULL_REQUEST",
    "TRAVIS_PULL_REQUEST_NUMBER": "TRAVIS_PULL_REQUEST",
    "TRAVIS_TAG_NAME": "TRAVIS_TAG",
    "TRAVIS_BRANCH_NAME": "TRAVIS_BRANCH",
    "TRAVIS_COMMIT_SHA": "TRAVIS_COMMIT",
    "TRAVIS_COMMIT_ID": "TRAVIS_COMMIT",
    "TRAVIS_COMMIT_HASH": "TRAVIS_COMMIT",
    "TRAVIS_SHA": "TRAVIS_COMMIT",
    "TRAVIS_EVENT": "TRAVIS_EVENT_TYPE",
    "TRAVIS_OS": "TRAVIS_OS_NAME",
    "TRAVIS_REPO": "TRAVIS_REPO_SLUG",
    "TRAVIS_REPOSITORY": "TRAVIS_REPO_SLUG",
    "TRAVIS_BUILD_URL": "TRAVIS_BUILD_WEB_URL",
    "TRAVIS_JOB_URL": "TRAVIS_JOB_WEB_URL",
}
"""Names that people expect, as other systems have them or as they follow from others."""


def check(file: File) -> Iterator[Finding]:
    given = {variable.name for variable in file.variables}
    for element, text in _texts(file):
        for found in finditer(_USE, text) if "$" in text else ():
            name = found[1]
            meant = "" if name in TRAVIS or name in given else _meant(name)
            if name in _TAKEN_FOR and search(_SOURCED, file.text):
                continue  # a name that a script may well have chosen for itself
            if not meant or search(rf"(?<![$\w{{]){name}\+?=|read .*{name}", file.text):
                continue
            span = within(element, found.start(1), found.end(1))
            fix = Fix(f"write '{meant}'", (Edit(span, meant),), safe=False) if span.text == name else None
            yield Finding(span, f"Travis sets no variable {quoted(name)}, did you mean '{meant}'?", fix)


def _meant(name: str) -> str:
    """Return the variable that a name is most likely a slip of, `` where none is near enough."""
    # Imported late: few files get here.
    from difflib import get_close_matches  # noqa: PLC0415

    spelled = (
        name.replace("_MSG", "_MESSAGE").replace("PULLREQUEST", "PULL_REQUEST").replace("_REPO_NAME", "_REPO_SLUG")
    )
    if spelled in TRAVIS:
        return spelled
    if name in _TAKEN_FOR:
        return _TAKEN_FOR[name]
    return next(iter(get_close_matches(name, sorted(TRAVIS), 1, _NEAR)), "")


def _texts(file: File) -> Iterator[tuple[Element, str]]:
    yield from [(command.element, command.text) for command in file.commands]
    yield from [(one.element, one.value) for one in file.variables if one.element.value == one.value]
    for deploy in file.deployments:
        yield from _strings(deploy.element)


def _strings(element: Element) -> Iterator[tuple[Element, str]]:
    if isinstance(element.value, str) and element.kind == "str":
        yield element, element.value
    for child in (*element.children.values(), *element.items):
        if child.kind != "secure":
            yield from _strings(child)


RULE = Rule(
    name="unknown-travis-variable",
    severity=Severity.WARNING,
    summary="a variable of Travis is misspelled",
    why="A variable that nobody sets is empty: comparisons with it never hold, and paths with it lead elsewhere. "
    "There is no error.",
    bad='language: c\nscript: echo "$TRAVIS_COMMIT_MESAGE" # <- here\n',
    good='language: c\nscript: echo "$TRAVIS_COMMIT_MESSAGE"\n',
    check=check,
    trigger=("$TRAVIS_", "${TRAVIS_"),
    fix="unsafe",
    sources=(
        "https://github.com/w3c/web-animations/blob/e05c483f671714980bab61a84127bdb767a4279a/build/travis.sh: `$TRAVIS_COMMIT_MSG`",
        "https://github.com/ElemeFE/element/blob/012b87c246f0e586e5ddf0468319077550e8da23/build/deploy-ci.sh: the same",
    ),
)
