"""Texts of `env` against sh_vars."""

import pytest

from tests.parity.oracle import rows
from travistool.grammar import shell_vars

pytestmark = pytest.mark.parity


def test_pairs_and_errors() -> None:
    recorded = rows("vectors/sh_vars.jsonl.gz")
    wrong = [row["input"]["str"] for row in recorded if _read(row["input"]["str"]) != _expected(row)]
    print(f"sh_vars: {len(recorded)} rows, {len(recorded) - len(wrong)} equal")
    assert recorded
    assert not wrong


def _read(text: str) -> list[list[str]] | None:
    try:
        return [list(pair) for pair in shell_vars.parse(text)]
    except shell_vars.ShellVarsError:
        return None


def _expected(row: dict[str, list[list[str] | None]]) -> list[list[str]] | None:
    # sh_vars has a null for a pair that is not there, which its callers drop.
    return [pair for pair in row["output"] if pair] if "output" in row else None
