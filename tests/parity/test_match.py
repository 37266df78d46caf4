"""Repairs of mistyped names against the official ones."""

from typing import Any

import pytest

from tests.parity.oracle import rows
from travistool.grammar.similar import closest

pytestmark = pytest.mark.parity


def test_closest() -> None:
    recorded = rows("vectors/match.jsonl.gz")
    wrong = [row["input"]["str"] for row in recorded if _closest(row["input"]) != row["output"]]
    print(f"match: {len(recorded)} rows, {len(recorded) - len(wrong)} equal")
    assert recorded
    assert not wrong


def _closest(given: dict[str, Any]) -> str | None:
    # The recording tells whether the name was on the stop list, null where there was none.
    stop = None if given["stop_from"] is None else {given["str"]} if given["stop_from"] else set()
    return closest(given["strs"], given["str"], stop)
