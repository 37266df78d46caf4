"""A file of a branch is another one tomorrow: the build changes without a change in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.downloads import FETCHING, fetched
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_RAW = r"^/[^/]+/[^/]+/(?:raw/)?(?:refs/heads/)?(?P<ref>master|main|develop|HEAD|trunk)/"
_HOSTS = ("raw.githubusercontent.com", "raw.github.com", "github.com", "gitlab.com", "bitbucket.org")
_LATEST = r"/(?P<ref>latest)(?:/|$)"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *FETCHING):
        for word, address in fetched(one):
            found = search(_RAW, address.path) if address.host in _HOSTS else None
            found = found or search(_LATEST, address.path)
            if found is not None and not address.is_local:
                message = f"{quoted(found['ref'])} moves and the build changes with it, name a version or a commit"
                start = word.start + max(word.raw.find("://") - len(address.scheme), 0)
                yield Finding(command.span(start, word.end), message)


RULE = Rule(
    name="moving-download",
    severity=Severity.INFO,
    summary="a download names a branch or `latest`, and no version",
    why="What was tested yesterday is not what runs today, and an old commit cannot be built again as it was. With a tag, a "
    "commit or a version the build stays the same until you change it.",
    bad="language: c\ninstall:\n  - curl -LO https://github.com/acme/ci/raw/master/setup.sh # <- here\n",
    good="language: c\ninstall:\n  - curl -LO https://github.com/acme/ci/raw/v2.1/setup.sh\n",
    check=check,
    trigger=tuple((name, ref) for name in FETCHING for ref in ("/master/", "/main/", "/develop/", "/HEAD/", "/latest")),
    profile="pedantic",
)
