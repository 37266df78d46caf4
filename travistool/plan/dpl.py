"""The deploy tool dpl: which of its two versions an entry of `deploy` asks for, and the call that Travis makes of it.

Source: travis-build lib/travis/build/addons/deploy/script.rb at 2812e526; rubygems lib/rubygems/version.rb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from travistool.catalog.settings import as_text

_CORRECT = r"\s*([0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?)?\s*\Z"
_PART = r"(?i)[0-9]+|[a-z]+"

_Part = tuple[bool, int, str]


def is_second(entry: Mapping[str, Any]) -> bool | None:
    """Tell whether an entry is for dpl 2, its pre-releases included; None for a version that is none.

    Without `dpl_version` it is. `edge` does not count: Travis asks for nothing else before it refuses Windows.
    """
    version = entry.get("dpl_version")
    if version is None:
        return True
    text = as_text(version)
    return _at_least(text, "2.0.0.alpha") if re.match(_CORRECT, text) else None


def call(entry: Mapping[str, Any], branch: str | None) -> tuple[str, ...]:
    """Return the call of the tool for an entry: `dpl` and its options, in the config's order.

    An option that is a map takes what it says for the branch. What is left out of options says when to deploy, or with
    which version; encrypted values have to be replaced before.
    """
    version = entry.get("dpl_version")
    is_old = version is not None and not entry.get("edge") and not _at_least(as_text(version), "2.0.0")
    found = [
        option
        for key, value in entry.items()
        if key not in _NO_OPTIONS
        for option in _options(key, value, branch, is_old)
    ]
    return ("dpl", *found)


_NO_OPTIONS = ("on", "if", "true", "allow_failure", "dpl_version")


def _options(key: str, value: Any, branch: str | None, is_old: bool) -> Iterator[str]:
    match value:
        case None:
            return
        case True:
            yield f"--{key}"
        case False:
            if not is_old:
                yield f"--no-{key}"
        case list():
            for item in value:
                yield from _options(key, item, branch, is_old)
        case dict():
            yield from _options(key, value.get(branch), branch, is_old)
        case int() | float():
            yield f"--{key}={as_text(value)}"
        case _:
            text = as_text(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            yield f'--{key}="{text}"'


def _at_least(version: str, other: str) -> bool:
    for mine, theirs in zip_longest(_parts(version), _parts(other), fillvalue=(True, 0, "")):
        if mine != theirs:
            return mine > theirs
    return True


def _parts(version: str) -> list[_Part]:
    """Return the parts of a version; letters, which mark a pre-release, come before all numbers."""
    found = re.findall(_PART, version.replace("-", ".pre."))
    return [(True, int(part), "") if part.isdigit() else (False, 0, part) for part in found]
