"""Import references against the official ones."""

from typing import Any

import pytest

from tests.parity.oracle import rows
from travistool.grammar import reference

pytestmark = pytest.mark.parity


def test_references() -> None:
    recorded = [row for row in rows("vectors/configs.jsonl.gz") if row["fn"] == "ref"]
    wrong = [row["input"] for row in recorded if _parts(**row["input"]) != row.get("output", {}).get("parts")]
    print(f"references: {len(recorded)} rows, {len(recorded) - len(wrong)} equal")
    assert recorded
    assert not wrong


def _parts(str: str, opts: dict[str, Any]) -> list[str | None] | None:  # noqa: A002  a name of the recordings
    try:
        return list(reference.parse(str, opts.get("repo"), opts.get("ref"), opts.get("path")))
    except reference.ImportReferenceError:
        return None
