"""`yes`, `no`, `on` and `off` without quotes: text in the newer YAML, true or false in the older, and Travis has a mix."""

from __future__ import annotations

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Scalar
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place, written
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File
    from travistool.schema.elements import Element

_WORDS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def check(file: File) -> Iterator[Finding]:
    stack = [file.root]
    while stack:
        element = stack.pop()
        stack += [*element.children.values(), *element.items]
        node = written(element)
        if isinstance(node, Scalar) and not node.style and node.tag is None and node.text.lower() in _WORDS:
            yield _finding(element, node)


def _finding(element: Element, node: Scalar) -> Finding:
    span, meant = place(element), _WORDS[node.text.lower()]
    if element.kind == "bool":
        message = f"write '{meant}' for {quoted(node.text)}, which is text to the newer YAML readers"
        return Finding(span, message, Fix(f"write '{meant}'", (Edit(span, meant),), safe=True))
    message = f"{quoted(node.text)} is text to Travis and '{meant}' to the older YAML readers, put it in quotes"
    text = f'"{node.text}"'
    return Finding(span, message, Fix("put it in quotes", (Edit(span, text),), safe=True))


RULE = Rule(
    name="yaml11-word",
    severity=Severity.INFO,
    summary="`yes`, `no`, `on` or `off` stands without quotes",
    why="Readers of YAML 1.1 take these words for true and false, those of 1.2 for text, and Travis decides by the letters' "
    "case and by the key. Write true and false, or quotes around a text.",
    bad="language: c\nenv:\n  global:\n    - COVERAGE: yes # <- here\n",
    good='language: c\nenv:\n  global:\n    - COVERAGE: "yes"\n',
    check=check,
    trigger=tuple(
        [
            f" {word}{end}"
            for low in _WORDS
            for word in (low, low.title(), low.upper())
            for end in ("\n", "\r", " ", ",", "]", "}")
        ]
    ),
    profile="pedantic",
    fix="safe",
)
