"""A word without `=` between variables sets an empty variable of that name: the quotes around a value are missing."""

from __future__ import annotations

from collections.abc import Iterator
from re import escape, fullmatch, search

from travistool.diagnostics import Fix, Severity
from travistool.document.nodes import Scalar
from travistool.document.offsets import part
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, written
from travistool.lint.wording import quoted

_MEANT = {
    "-": "starts no row of its own here, put it at the start of a line with the indentation of the rows",
    "\\": "continues no row, write the variables on one line",
    "#": "starts no comment inside a block of text, take the comment out of it",
    ";": "does not end a variable here, separate variables by blanks",
    "&&": "does not end a variable here, separate variables by blanks",
}
_ONE = r"[A-Za-z_]\w*=([^\s\"'`\\=][^\s\"'`\\]*(?:[ \t]+[^\s\"'`\\=]+)+)"
_OTHERWISE = "is no part of the value before it and becomes an empty variable, put quotes around the whole value"


def check(file: File) -> Iterator[Finding]:
    rows = {id(variable.row): variable.row for variable in file.variables}
    for row in rows.values():
        # A row of words alone is a label for its job.
        if all(child.value == "" for child in row.children.values()):
            continue
        for name, child in row.children.items():
            node = written(child)
            if child.value == "" and isinstance(node, Scalar):
                found = search(rf"(?<=\s){escape(name)}(?=\s|\Z)", node.text)
                if found is not None:
                    message = f"the word {quoted(name)} {_MEANT.get(name, _OTHERWISE)}"
                    yield Finding(part(file.source, node, *found.span()), message, _fix(file, node))
                    break


def _fix(file: File, node: Scalar) -> Fix | None:
    """Put quotes around all behind the sign, where the row is one variable and plain words."""
    found = fullmatch(_ONE, node.text)
    if found is None or node.style or any(word in _MEANT for word in found[1].split()):
        return None
    span = part(file.source, node, *found.span(1))
    return replacement("put quotes around the value", (span, found[1], f'"{found[1]}"'))


RULE = Rule(
    name="env-word",
    severity=Severity.WARNING,
    summary="a word between variables has no `=`",
    why="The shell ends a value at the first space, and Travis takes each further word for the name of an empty "
    "variable: the value is cut off. Put quotes around it.",
    bad="language: c\nenv:\n  - CFLAGS=-O2 -g # <- here\n",
    good='language: c\nenv:\n  - CFLAGS="-O2 -g"\n',
    check=check,
    fix="unsafe",
    trigger=("env",),
)
