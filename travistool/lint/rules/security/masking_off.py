"""Two internal switches show more in the log than its readers should see."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Fix, Severity
from travistool.document.edits import delete_entry, entry_at
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File

_SAYS = {
    "filter_secrets": (False, "with this, secrets are not hidden in the log: delete it"),
    "trace": (True, "the log shows the inside of the build script with this, delete it"),
}


def check(file: File) -> Iterator[Finding]:
    for key, (value, message) in _SAYS.items():
        element = file.root.get(key)
        if element is not None and element.value is value and element.key_node is not None:
            found = entry_at(file.document.root, element.key_node.start, element.key_node.end)
            edit = delete_entry(file.source, *found) if found is not None else None
            fix = Fix(f"delete '{key}'", (edit,), safe=False) if edit is not None else None
            yield Finding(element.key_span(), message, fix)


RULE = Rule(
    name="masking-off",
    severity=Severity.WARNING,
    summary="the hiding of secrets in the log is turned off",
    why="`filter_secrets: false` prints encrypted variables as they are, `trace: true` prints the script around your "
    "commands. Both are meant for those who run Travis.",
    bad="language: c\nfilter_secrets: false # <- here\n",
    good="language: c\n",
    check=check,
    trigger=("filter_secrets", "trace"),
    fix="unsafe",
)
