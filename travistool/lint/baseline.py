"""Old findings, put down in a file so that they do not block: what is in it is left out of reports and exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from travistool.diagnostics import Diagnostic
from travistool.errors import FileError

VERSION = 1
_DIGITS = 16

Key = tuple[str, str]


class Left(NamedTuple):
    """What a baseline leaves of a file's findings; how many it leaves out, and how many of its entries are gone."""

    diagnostics: tuple[Diagnostic, ...]
    old: int = 0
    gone: int = 0


class Baseline:
    """The entries of a file: for each path, how many findings of a rule and fingerprint are old."""

    def __init__(self, entries: Mapping[str, Mapping[Key, int]]) -> None:
        self._entries = entries

    def leave_out(self, path: str, found: Iterable[Diagnostic]) -> Left:
        """Leave out the first findings of each kind, as many as there were. Places do not count: they move."""
        allowed = self._entries.get(path, {})
        seen: Counter[Key] = Counter()
        kept = []
        for diagnostic in found:
            key = diagnostic.rule, fingerprint(diagnostic)
            seen[key] += 1
            if seen[key] > allowed.get(key, 0):
                kept.append(diagnostic)
        gone = sum(key not in seen for key in allowed)
        return Left(tuple(kept), seen.total() - len(kept), gone)

    def paths(self) -> Mapping[str, int]:
        """Return the number of entries of each path."""
        return {path: len(entries) for path, entries in self._entries.items()}


class Recording:
    """A baseline in the making: all that is found goes into it. Takes the place of a Baseline."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str, str]] = Counter()

    def leave_out(self, path: str, found: Iterable[Diagnostic]) -> Left:
        """Put findings down, and leave out all of them."""
        listed = [(path, one.rule, one.message, fingerprint(one)) for one in found]
        self._counts.update(listed)
        return Left((), len(listed))

    def text(self) -> str:
        """Return the file: sorted, one entry a line."""
        rows = [
            {"path": path, "rule": rule, "message": message, "fingerprint": digest, "count": count}
            for (path, rule, message, digest), count in sorted(self._counts.items())
        ]
        listed = ",\n".join("    " + json.dumps(row, ensure_ascii=True) for row in rows)
        body = f"\n{listed}\n  " if rows else ""
        return f'{{\n  "version": {VERSION},\n  "findings": [{body}]\n}}\n'


def fingerprint(diagnostic: Diagnostic) -> str:
    """Return what stays of a finding wherever it stands, and however we word it if it is one of Travis's own."""
    official = diagnostic.official
    parts: object = diagnostic.message
    if official is not None:
        parts = official.key, official.code, official.args
    data = json.dumps((diagnostic.rule, parts), sort_keys=True, default=str)
    return sha256(data.encode()).hexdigest()[:_DIGITS]


def baseline(text: str, name: str) -> Baseline:
    """Read a baseline. Raises FileError when the text is none; `name` is its file."""
    try:
        return Baseline(_entries(json.loads(text)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"it has no '{error.args[0]}'" if isinstance(error, KeyError) else str(error)
        hint = "write it anew: travistool lint --write-baseline FILE"
        raise FileError(f"{name} is not a baseline: {reason[:1].lower()}{reason[1:]}", hint) from error


def _entries(data: Mapping[str, Any]) -> dict[str, dict[Key, int]]:
    if data["version"] != VERSION:
        raise ValueError(f"its version is {data['version']}, not {VERSION}")
    entries: dict[str, dict[Key, int]] = {}
    for row in data["findings"]:
        path, rule, digest, count = _row(row)
        kinds = entries.setdefault(path, {})
        kinds[rule, digest] = kinds.get((rule, digest), 0) + count
    return entries


def _row(row: Mapping[str, Any]) -> tuple[str, str, str, int]:
    path, rule, digest, count = row["path"], row["rule"], row["fingerprint"], row["count"]
    if not (isinstance(path, str) and isinstance(rule, str) and isinstance(digest, str) and isinstance(count, int)):
        raise TypeError("an entry has a value of the wrong type")
    return path, rule, digest, count
