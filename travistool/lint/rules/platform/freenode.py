"""A channel on freenode, which most projects left in 2021."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.catalog.retired import FREENODE
from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.schema.elements import flatten

_HOST = r"\b(?:(?:chat|irc|webchat)\.)?freenode\.(?:net|org)\b"


def check(file: File) -> Iterator[Finding]:
    for irc in file.listed("notifications", "irc"):
        channels = irc.get("channels")
        for one in flatten(channels) if channels is not None and file.as_of >= FREENODE.since else ():
            found = search(_HOST, one.value) if isinstance(one.value, str) else None
            if found is not None:
                span = within(one, *found.span())
                is_exact = span.text == found[0]
                edits = (Edit(span, FREENODE.successor),) if is_exact else ()
                fix = Fix(f"replace by '{FREENODE.successor}'", edits, safe=False) if edits else None
                yield Finding(span, f"most projects left this network in 2021 for '{FREENODE.successor}'", fix)


RULE = Rule(
    name="freenode",
    severity=Severity.INFO,
    summary="notifications go to an IRC network that projects left",
    why="In June 2021 the network dropped all names and channels that were registered. Most projects are now on Libera.Chat "
    "under the same name, and messages to the old channel reach nobody.",
    bad='language: c\nnotifications:\n  irc: "chat.freenode.net#acme" # <- here\n',
    good='language: c\nnotifications:\n  irc: "irc.libera.chat#acme"\n',
    check=check,
    trigger=("freenode",),
    fix="unsafe",
)
