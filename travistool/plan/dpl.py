"""Which of the two deploy tools an entry of `deploy` asks for, as RubyGems compares versions.

Source: travis-build lib/travis/build/addons/deploy/script.rb at 2812e526; rubygems lib/rubygems/version.rb.
"""

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from travistool.catalog.settings import as_text

_CORRECT = re.compile(r"\s*([0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?)?\s*\Z")
_PART = re.compile(r"[0-9]+|[a-z]+", re.IGNORECASE)

_Part = tuple[bool, int, str]


def is_second(entry: Mapping[str, Any]) -> bool | None:
    """Tell whether an entry is for dpl 2, its pre-releases included; None for a version that is none.

    Without `dpl_version` it is. `edge` does not count: Travis asks for nothing else before it refuses Windows.
    """
    version = entry.get("dpl_version")
    if version is None:
        return True
    text = as_text(version)
    return _at_least(text, "2.0.0.alpha") if _CORRECT.match(text) else None


def _at_least(version: str, other: str) -> bool:
    for mine, theirs in zip_longest(_parts(version), _parts(other), fillvalue=(True, 0, "")):
        if mine != theirs:
            return mine > theirs
    return True


def _parts(version: str) -> list[_Part]:
    """Return the parts of a version; letters, which mark a pre-release, come before all numbers."""
    found = _PART.findall(version.replace("-", ".pre."))
    return [(True, int(part), "") if part.isdigit() else (False, 0, part) for part in found]
