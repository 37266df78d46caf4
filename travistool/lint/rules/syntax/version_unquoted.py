"""A version such as `7.0` without quotes is a number to other YAML readers, some of which write it as 7."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Scalar
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place, written
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_KEYS = frozenset(
    (
        *("python", "php", "go", "node_js", "rvm", "perl", "elixir", "otp_release", "crystal", "dart", "ghc", "haxe"),
        *("julia", "mono", "r", "rust", "scala", "hhvm", "jdk", "compiler", "d", "lein", "matlab", "smalltalk"),
    )
)


def check(file: File) -> Iterator[Finding]:
    rules = [*file.listed("jobs", "exclude"), *file.listed("jobs", "allow_failures")]
    for owner in (*file.owners, *rules):
        for key, child in owner.children.items():
            for one in flatten(child) if key in _KEYS else ():
                node = written(one)
                if isinstance(node, Scalar) and not node.style and node.tag is None and _is_number(node.text):
                    span = place(one)
                    message = f"{quoted(node.text)} is a number to other YAML readers, put versions in quotes"
                    yield Finding(span, message, Fix("put it in quotes", (Edit(span, f'"{node.text}"'),), safe=True))


def _is_number(text: str) -> bool:
    """Tell whether it is a decimal number; one that loses a zero as well is `version-loses-zero`."""
    return fullmatch(r"\d{1,6}\.\d{1,6}", text, 256) is not None and str(float(text)) == text


RULE = Rule(
    name="version-unquoted",
    severity=Severity.INFO,
    summary="a version is written as a number",
    why="Travis keeps what is written. Other readers make numbers of `7.0` and `3.9`, print them as `7`, and turn the next "
    "version, `3.10`, into `3.1`: with quotes it cannot happen.",
    bad="language: php\nphp:\n  - 7.0 # <- here\n",
    good='language: php\nphp:\n  - "7.0"\n',
    check=check,
    trigger=tuple([f"{digit}.{more}" for digit in "0123456789" for more in "0123456789"]),
    profile="pedantic",
    fix="safe",
)
