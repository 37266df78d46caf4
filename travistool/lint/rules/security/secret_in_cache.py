"""Caches are kept outside the job and given to later jobs, pull requests too: no place for logins."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

_HOME = r"(?:~|\$HOME|\$\{HOME\}|/home/travis|/Users/travis|/root)/"
_LOGINS = r"\.(?:ssh|docker(?:/config\.json)?|aws|gnupg|netrc|npmrc|pypirc|kube|azure|gem/credentials|config/(?:gcloud|gh|hub))/?"


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        cache = owner.get("cache")
        for part in flatten(cache) if cache is not None else ():
            folders = part.get("directories")
            for one in flatten(folders) if folders is not None else ():
                if isinstance(one.value, str) and fullmatch(_HOME + _LOGINS, one.value):
                    message = (
                        f"{quoted(one.value)} may hold logins, and every later job gets it, remove it from the cache"
                    )
                    yield Finding(place(one), message, deletion(file, one, "remove it from the cache"))


RULE = Rule(
    name="secret-in-cache",
    severity=Severity.WARNING,
    summary="a cached folder is where tools keep logins",
    why="A cache leaves the job: it is stored, and unpacked in later jobs, those of pull requests included. What was logged in "
    "once stays so for all of them.",
    bad="language: c\ncache:\n  directories:\n    - $HOME/.docker # <- here\n",
    good="language: c\ncache:\n  directories:\n    - $HOME/.ccache\n",
    check=check,
    trigger=(("cache", "/."),),
    sources=(
        "The login of a registry in the cache: <https://github.com/Montana/travis-harpoon>",
        "What the guide says of it: <https://docs.travis-ci.com/user/caching/>",
    ),
    fix="unsafe",
)
