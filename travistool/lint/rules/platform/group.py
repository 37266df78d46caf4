"""`group` chose between generations of images that are all gone."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Fix, Severity
from travistool.document.edits import delete_entry, entry_at
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import quoted


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        group = owner.get("group")
        if group is not None and group.key_node is not None and isinstance(group.value, str):
            found = entry_at(file.document.root, group.key_node.start, group.key_node.end)
            edit = delete_entry(file.source, *found) if found is not None else None
            fix = Fix("delete 'group'", (edit,), safe=False) if edit is not None else None
            message = f"the image group {quoted(group.value)} no longer has any effect, delete 'group'"
            yield Finding(group.key_span(), message, fix)


RULE = Rule(
    name="group",
    severity=Severity.INFO,
    summary="`group` has no meaning for users",
    why="It chose between the older, the current and the next generation of an image. Those images are gone; `dist` alone "
    "decides.",
    bad="language: c\ngroup: deprecated-2017Q4 # <- here\n",
    good="language: c\ndist: noble\n",
    check=check,
    trigger=("group",),
    fix="unsafe",
)
