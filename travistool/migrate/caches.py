"""Which jobs share a cache: on Travis those with the same machine, versions and public variables, whatever they run.

So a job of an early stage fills the cache for those of later stages. Source: travis-build
lib/travis/build/script/shared/directory_cache/base.rb at 2812e526.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

from travistool.migrate.model import Row

_LONGEST = 60


def _parts(row: Row) -> Mapping[str, str]:
    """Return what tells the caches of jobs apart, each part under a name of its own."""
    found = {"os": row.os, "dist": row.dist, "osx_image": row.osx_image, "arch": row.arch}
    found |= {f"version {key}": value for key, value in row.versions}
    return found | {f"env {one.name}": one.value for one in row.variables if one.kind in ("plain", "shell")}


def with_slots(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return rows that know what tells their caches apart: the parts that are not the same for all of them."""
    told = {number: _parts(row) for number, row in enumerate(rows) if row.caches}
    names = dict.fromkeys(name for one in told.values() for name in one)
    differing = [name for name in names if len({one.get(name, "") for one in told.values()}) > 1]
    slots = {number: tuple([(name, one.get(name, "")) for name in differing]) for number, one in told.items()}
    texts = {(rows[number].os, slot): _text(rows[number].os, slot) for number, slot in slots.items()}
    totals = Counter(texts.values())
    return tuple(
        [
            row._replace(slot=slots[number], slot_name=_unique(texts[row.os, slots[number]], totals, slots[number]))
            if number in slots
            else row
            for number, row in enumerate(rows)
        ]
    )


def _text(system: str, slot: tuple[tuple[str, str], ...]) -> str:
    told = "-".join([system, *[value for name, value in slot if name != "os" and value]])
    return re.sub(r"[^A-Za-z0-9]+", "-", told).strip("-")[:_LONGEST].strip("-")


def _unique(text: str, totals: Counter[str], slot: tuple[tuple[str, str], ...]) -> str:
    """Return a name that nothing else has: what is left of two different values may be the same."""
    return text if totals[text] == 1 else f"{text}-{hashlib.sha256(repr(slot).encode()).hexdigest()[:8]}"
