"""Comparing as the recordings ask for: configs as JSON, messages as a multiset without lines and texts."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.parity.deviations import explain

LIMIT = 0.01
"""The share of a recording's rows that may fall under deviations."""


class Tally:
    """What became of the rows of one recording."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, label: str, text: str, ours: Any, theirs: Any) -> None:
        """Compare one row; `label` is shown when it differs and no deviation explains that."""
        if _same(ours, theirs):
            self.counts["equal"] += 1
            return
        reason = explain(text, ours, theirs)
        if reason is None:
            self.counts["different"] += 1
            self.wrong.append(f"{label}\n  ours   {_short(ours)}\n  theirs {_short(theirs)}")
        else:
            self.counts[reason] += 1

    def check(self) -> None:
        """Print the figures; fail when a row differs without a reason, or too many have one."""
        total = sum(self.counts.values())
        print(f"{self.name}: {total} rows, {dict(self.counts)}")
        assert total, f"{self.name}: no rows to compare"
        assert not self.wrong, f"{self.name}: {len(self.wrong)} of {total} differ\n" + "\n".join(self.wrong[:10])
        assert total - self.counts["equal"] <= LIMIT * total, f"{self.name}: too many deviations {self.counts}"


def messages(rows: Iterable[Iterable[Any]]) -> list[str]:
    """Return messages ([level, key, code, args]) as a sorted list of texts, without lines and sources."""
    found = []
    for level, key, code, *rest in rows:
        args = {name: value for name, value in (rest[0] if rest else {}).items() if name not in ("line", "src")}
        found.append(json.dumps([level, key, code, args], sort_keys=True, ensure_ascii=False))
    return sorted(found)


def _same(ours: Any, theirs: Any) -> bool:
    """Tell whether two values are the same JSON: `1` and `"1"` and `true` differ."""
    return _short(ours, 0) == _short(theirs, 0)


def _short(value: Any, size: int = 600) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text[:size] if size else text
