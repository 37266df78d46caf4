"""Notifications to a service that is closed: nobody hears of the build."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.retired import CHANNELS, GITTER, retired
from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import flatten


def check(file: File) -> Iterator[Finding]:
    for notifications in file.listed("notifications"):
        for name, child in notifications.children.items():
            row = retired(CHANNELS, name, file.as_of)
            if row is not None and child.key_node is not None and child.value is not False:
                message = f"'{name}' was closed on {row.since}, delete this or use '{row.successor}'"
                yield Finding(child.key_span(), message, deletion(file, child, f"delete '{name}'"))
            urls = child.get("urls") if name == "webhooks" and file.as_of >= GITTER.since else None
            for one in flatten(urls) if urls is not None else ():
                if isinstance(one.value, str) and GITTER.name in one.value:
                    message = f"Gitter takes no messages here since {GITTER.since}, delete this"
                    yield Finding(place(one), message, deletion(file, one, "delete the address"))


RULE = Rule(
    name="channel-gone",
    severity=Severity.WARNING,
    summary="notifications go to a service that is closed",
    why="Travis tries to reach it after each build and nobody reads the message. Hooks of Gitter ended when it moved to Matrix.",
    bad="language: c\nnotifications:\n  hipchat: # <- here\n    on_success: never\n",
    good="language: c\nnotifications:\n  email: dev@acme.org\n",
    check=check,
    trigger=(*(row.name for row in CHANNELS), GITTER.name),
    fix="unsafe",
)
