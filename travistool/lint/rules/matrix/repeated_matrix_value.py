"""The same version or row of variables stands twice in a list of the matrix."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head
from travistool.lint.wording import quoted
from travistool.schema.elements import Element


def check(file: File) -> Iterator[Finding]:
    from travistool.plan.axes import matrix_keys  # noqa: PLC0415  it loads parts of the planner

    lists = {key: child for key, child in file.root.children.items() if child.items or key == "env"}
    for key in matrix_keys() if lists else ():
        element = lists.get(key)
        if element is not None and element.kind == "map":
            element = element.get("jobs")
        if element is not None and len(element.items) > 1:
            yield from _repeated(file, key, element)


def _repeated(file: File, key: str, element: Element) -> Iterator[Finding]:
    from travistool.plan.equality import identity  # noqa: PLC0415  as above

    seen: dict[object, Element] = {}
    for item in element.items:
        before = seen.setdefault(identity(item.plain()), item)
        if before is not item:
            what = quoted(item.value) if item.kind in ("str", "num") else "this row"
            message = f"{what} is in '{key}' twice, Travis runs equal jobs once"
            fix = deletion(file, item, "delete it")
            yield Finding(item.span() if item.node is not None else head(item), message, fix)


RULE = Rule(
    name="repeated-matrix-value",
    severity=Severity.WARNING,
    summary="a value of the matrix is listed twice",
    why="Travis drops the jobs that a repeated value makes. One of them was probably to be another version.",
    bad="language: python\npython:\n  - '3.12'\n  - '3.12' # <- here\n",
    good="language: python\npython:\n  - '3.12'\n  - '3.13'\n",
    check=check,
    trigger=("- ", "["),
    profile="strict",
    fix="unsafe",
)
