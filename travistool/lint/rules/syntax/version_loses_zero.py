"""A version such as `3.10` without quotes: Travis keeps the text, every other YAML reader makes the number 3.1 of it."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Mapping, Scalar, Sequence
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.document.nodes import Node
    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for node in file.nodes:
        for value in _values(node):
            if isinstance(value, Scalar) and not value.style and value.tag is None and _loses(value.text):
                span = Span(file.source, value.start, value.end)
                number = str(float(value.text))
                message = f"{quoted(value.text)} is the number {number} to other YAML readers, put it in quotes"
                yield Finding(span, message, Fix("put it in quotes", (Edit(span, f'"{value.text}"'),), safe=True))


def _values(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Mapping):
        return tuple([value for _, value in node.entries])
    return node.items if isinstance(node, Sequence) else ()


def _loses(text: str) -> bool:
    if "." not in text:
        return False
    return fullmatch(r"\d{1,6}\.\d{1,6}", text, 256) is not None and float(text) != 0 and str(float(text)) != text


RULE = Rule(
    name="version-loses-zero",
    severity=Severity.WARNING,
    summary="a version without quotes ends in a zero that other YAML readers drop",
    why="Travis keeps `3.10` as it is written. Editors, linters, and every other CI that the config moves to, read the "
    "number 3.1 and take another version.",
    bad="language: python\npython:\n  - 3.9\n  - 3.10 # <- here\n",
    good='language: python\npython:\n  - 3.9\n  - "3.10"\n',
    check=check,
    trigger=tuple([f"{digit}0{end}" for digit in ".0123456789" for end in ("\n", ",", "]", " ", "\r", "}")]),
    fix="safe",
    sources=(
        "https://github.com/gosnmp/gosnmp/issues/141",
        "https://github.com/ghodss/yaml/issues/28",
        "https://github.com/ilevkivskyi/com2ann/pull/43",
    ),
)
