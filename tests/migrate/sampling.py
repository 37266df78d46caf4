"""Recorded configs for the tests of migrations: a fixed sample, or all of them with `--whole-corpus`."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.parity.oracle import rows
from travistool.pipeline import read
from travistool.schema.normalize import Normal
from travistool.source import Source

SAMPLE = 200


class Recorded(NamedTuple):
    path: str
    normal: Normal


def recorded(whole: bool) -> Iterator[Recorded]:
    """Yield the recorded configs that can be read: every 25th or so, unless all are wanted."""
    found = rows("configs.jsonl.gz")
    step = 1 if whole else max(1, len(found) // SAMPLE)
    for row in found[::step]:
        reading = read(Source(row["path"], row["yaml"]))
        if reading.normal is not None and reading.broken() is None:
            yield Recorded(row["path"], reading.normal)
