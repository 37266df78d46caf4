"""A program or an archive that comes without encryption, and that nobody checks."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.addresses import addresses
from travistool.lint.downloads import FETCHING, fetched
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, program
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_HTTP = "http://"
_CODE = r"\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|gz|bz2|xz|deb|rpm|jar|war|phar|sh|py|rb|pl|exe|msi|dmg|pkg|run|bin|whl|egg|gem|AppImage)(?:$|[?#/])"
_SUM = r"\b(?:sha\d*|md5)sum\b|\bshasum\b|\bgpg\b.*--verify"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, _HTTP):
        words = call(one)
        if program(one) == "git" and len(words) > 1 and words[1].text in ("clone", "fetch", "submodule", "remote"):
            found = [(word, address) for word in words for address in addresses(word.text)]
        else:
            found = [(word, address) for word, address in fetched(one) if search(_CODE, address.path)]
        for word, address in found:
            if address.scheme == "http" and not address.is_local and not search(_SUM, command.text):
                start = word.start + max(word.raw.find(_HTTP), 0)
                span = command.span(start, start + len(_HTTP))
                fix = (
                    Fix("replace by 'https://'", (Edit(span, "https://"),), safe=False) if span.text == _HTTP else None
                )
                yield Finding(span, f"this comes from {quoted(address.host)} without encryption, try 'https://'", fix)


RULE = Rule(
    name="plain-http-download",
    severity=Severity.INFO,
    summary="an archive or a program is fetched without encryption",
    why="Whoever is on the way can replace what `http://` brings, and the build would run it. Use `https://` where the host has "
    "it, otherwise compare a checksum.",
    bad="language: c\ninstall:\n  - wget http://acme.org/tool-2.1.tar.gz # <- here\n",
    good="language: c\ninstall:\n  - wget https://acme.org/tool-2.1.tar.gz\n",
    check=check,
    trigger=tuple((_HTTP, name) for name in (*FETCHING, "git")),
    profile="strict",
    fix="unsafe",
)
