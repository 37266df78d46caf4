"""Shell code written where a condition should stand, turned into the condition it may mean."""

from __future__ import annotations

import re

_ATTRIBUTES = {
    "TRAVIS_BRANCH": "branch",
    "TRAVIS_TAG": "tag",
    "TRAVIS_EVENT_TYPE": "type",
    "TRAVIS_REPO_SLUG": "repo",
    "TRAVIS_PULL_REQUEST_SLUG": "head_repo",
    "TRAVIS_PULL_REQUEST_BRANCH": "head_branch",
    "TRAVIS_COMMIT_MESSAGE": "commit_message",
    "TRAVIS_OS_NAME": "os",
    "TRAVIS_DIST": "dist",
    "TRAVIS_LANGUAGE": "language",
    "TRAVIS_SUDO": "sudo",
}
"""Variables that conditions have as attributes. They are not part of `env`."""

_TEST = re.compile(r"(?:\A|\bAND\s|\bOR\s|&&|\|\|)\s*(?:!\s*)?(?:\[\[(?!:)|\[\s|test\s|-[zn]\s)")
_DOLLAR = r"""["']?\$\{?(?P<name>\w+)(?:[^\w\s}"'()][^\s}"']*)?\}?["']?"""
_VARIABLE = re.compile(_DOLLAR, re.ASCII)
_IN_ENV = re.compile(rf"(?i:env)\(\s*{_DOLLAR}\s*\)", re.ASCII)
_PULL_REQUEST = re.compile(
    r"""["']?\$\{?TRAVIS_PULL_REQUEST\}?["']?\s*(?:(==?|!=)|NOT)\s*["']?false["']?""", re.ASCII | re.IGNORECASE
)
_BRACKETS = re.compile(r"(?<!\S)(?:\[\[(?!:)|\[\s)\s*|\s*\]\](?!\S)|\s+\](?!\S)|(?<!\S)test\s+")
_IS_BLANK = re.compile(r"(?P<not>!\s*)?-(?P<flag>[zn])\s+(?P<operand>env\([^()]*\)|\w+)", re.ASCII)


def is_shell_test(text: str) -> bool:
    """Return whether a part of `text` starts like `[[ ... ]]`, `[ ... ]`, `test ...` or `-z ...`."""
    return _TEST.search(text) is not None


def rewrite_shell(text: str) -> tuple[str, str]:
    """Return `text` without its shell code, and a sentence about the first piece of it."""
    name = _VARIABLE.search(text)
    if is_shell_test(text):
        reason = "conditions are not shell code, tests in brackets and $ do not work"
    elif name:
        reason = f"{name[0]!r} is shell code, which does not work in conditions; use {_hint(name['name'])}"
    else:
        reason = ""
    if is_shell_test(text):
        text = _BRACKETS.sub("", text)
    text = _PULL_REQUEST.sub(lambda match: f"type {'!=' if (match[1] or '!=') != '!=' else '='} pull_request", text)
    for pattern in (_IN_ENV, _VARIABLE):
        text = pattern.sub(lambda match: _named(match["name"]), text)
    text = _IS_BLANK.sub(_presence, text)
    return text, reason


def _named(name: str) -> str:
    return name if name in _ATTRIBUTES.values() else _ATTRIBUTES.get(name, f"env({name})")


def _hint(name: str) -> str:
    return "type" if name == "TRAVIS_PULL_REQUEST" else _named(name)


def _presence(match: re.Match[str]) -> str:
    is_blank = (match["flag"] == "z") != bool(match["not"])
    return f"{match['operand']} IS {'blank' if is_blank else 'present'}"
