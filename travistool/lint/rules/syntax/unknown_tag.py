"""A leading `!` without quotes is a YAML tag, which Travis drops: the command runs without its negation."""

from __future__ import annotations

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Scalar
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_KNOWN = ("tag:yaml.org,2002:", "!str", "!binary", "!float", "!ruby/")


def check(file: File) -> Iterator[Finding]:
    for node in file.nodes:
        if not isinstance(node, Scalar) or node.style or node.tag is None or node.tag.startswith(_KNOWN):
            continue
        start = file.text.rfind(node.tag, 0, node.start)
        if start < 0 or not node.text or file.text[start + len(node.tag) : node.start].strip():
            continue
        whole = Span(file.source, start, node.end)
        text = whole.text.replace("'", "''")
        fix = Fix("put it in quotes", (Edit(whole, f"'{text}'"),), safe=False) if "\n" not in text else None
        message = f"YAML takes the {quoted(node.tag)} for a tag and Travis drops it, put quotes around the whole text"
        yield Finding(Span(file.source, start, start + len(node.tag)), message, fix)


RULE = Rule(
    name="unknown-tag",
    severity=Severity.ERROR,
    summary="a command starts with `!`, which YAML takes for itself",
    why="YAML reads the first word of `! grep TODO` as a tag of its own, and Travis drops tags that it does not know: the "
    "command runs as `grep TODO`, with the opposite result.",
    bad="language: c\nscript:\n  - ! grep -r TODO src # <- here\n",
    good="language: c\nscript:\n  - '! grep -r TODO src'\n",
    check=check,
    trigger=("- !", ": !"),
    fix="unsafe",
    sources=(
        "https://github.com/travis-ci/travis-ci/issues/7494",
        "https://github.com/ARMmbed/mbed-os/pull/9492",
    ),
)
