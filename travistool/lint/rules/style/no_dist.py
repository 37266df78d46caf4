"""No `dist`: the image is the default one, which Travis moves to a newer Ubuntu from time to time."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import new_key
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    systems = file.root.get("os")
    names = {str(one.value) for one in flatten(systems)} if systems is not None else set()
    written = [owner.get("dist") for owner in file.owners]
    if any(one is not None and one.node is not None for one in written) or (names and "linux" not in names):
        return
    keys = [child for child in file.root.children.values() if child.key_node is not None]
    if keys:
        first = next((child for child in keys if child.key == "language"), keys[0])
        span = place(first) if first.kind == "str" else first.key_span()
        message = "no 'dist', so the image changes when Travis moves its default, write one such as 'dist: jammy'"
        yield Finding(span, message, new_key(file, first, "dist: jammy"))


RULE = Rule(
    name="no-dist",
    severity=Severity.INFO,
    summary="no `dist` is given",
    why="Travis moves its default image to a newer Ubuntu, and compilers, libraries and services change in your build without "
    "a commit. With `dist` you choose when.",
    bad="language: c # <- here\n",
    good="language: c\ndist: jammy\n",
    check=check,
    trigger=("",),
    unless=("dist:",),
    profile="pedantic",
    fix="unsafe",
)
