"""A variable whose name says that it is a secret and whose value looks like one, open for all to read."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch, search

from travistool.diagnostics import Severity
from travistool.grammar.secrets import is_secret
from travistool.grammar.tokens import bits
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, written

# What signs sessions of a test run opens nothing.
_OPEN_NAME = r"(?i)^(?:\w+_)?(?:app|rails|django|flask|laravel|jwt|cookie|session|symfony)_?(?:secret|key)|secret_key_base|^secret_key$|public|_url|_file|_path|_dir|_id$|test|dummy|fake|example|sample|demo|site_?key"
_WORDS = (
    r"(?i)test|dummy|fake|example|sample|secret|passw|travis|change|foo|bar|your|random|dev|local|null|true|false|xxx"
)
# What people write above a key that all may see.
_KNOWN = r"(?i)#.*\b(?:public|expose|no access|read[- ]?only|free|not (?:a )?secret|on purpose|intentional|safe to)"
# Names that say of nothing what they open: they are those of the tests' own servers.
_OF_NOBODY = ("TOKEN", "SECRET", "PASSWORD")
_LINES = 3
_FEW_BITS = 3.2
_SHORT = 16


def check(file: File) -> Iterator[Finding]:
    for variable in file.variables:
        value = variable.value.strip("\"'")
        if variable.name in _OF_NOBODY or search(_OPEN_NAME, variable.name):
            continue
        if is_secret(variable.name, value) and _looks_secret(value):
            node = written(variable.element)
            if node is not None and not _is_explained(file.text[: node.start]):
                message = (
                    f"'{variable.name}' can be read by anyone, encrypt it or move it to the settings of the repository"
                )
                yield Finding(variable.name_span(), message)


def _is_explained(before: str) -> bool:
    """Tell whether a comment in the lines above says that the value is known to be open."""
    return any(search(_KNOWN, line) for line in before.splitlines()[-1 - _LINES :])


def _looks_secret(value: str) -> bool:
    """Tell whether a value is as chance would have it, and not a word, a path, a number or made of other variables."""
    if not fullmatch(r"[\w+/=.~:-]+", value) or search(_WORDS, value) or "$" in value or "://" in value:
        return False
    return (
        len(value) >= _SHORT and bits(value) >= _FEW_BITS and bool(search(r"\d", value) and search(r"[A-Za-z]", value))
    )


RULE = Rule(
    name="secret-looking-variable",
    severity=Severity.WARNING,
    summary="a variable that is named like a secret holds one in plain text",
    why="Travis hides only what is encrypted or kept in the settings of the repository; this value is in the file, in its "
    "history and in every log. If it is real, change it where it belongs and encrypt the new one.",
    bad="language: ruby\nenv:\n  - API_TOKEN=f3a91c0be77d4d2c9e58b6a1d04f72ce # <- here\n",
    good='language: ruby\nscript:\n  - ./report "$API_TOKEN"\n',
    check=check,
    trigger=("TOKEN", "SECRET", "PASS", "CREDENTIAL", "KEY", "token", "secret", "pass", "key"),
)
