"""The official test suite's calls of the parser, with all its options and with several parts to merge."""

import json
from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.document.dialect import resolve
from travistool.document.merge import Part, merge
from travistool.document.parse import parse
from travistool.document.values import Value
from travistool.schema.normalize import normalize
from travistool.schema.run import Options
from travistool.source import Source

pytestmark = pytest.mark.parity


def test_load() -> None:
    tally = Tally("load")
    for row in rows("vectors/load.jsonl.gz"):
        written = _written(row["input"])
        text = "\n".join(text for text, _ in written)
        ours = _load(written, _options(row["input"].get("opts") or {}))
        theirs: Any = "error"
        if "error" not in row:
            theirs = [row["output"]["config"], messages(row["output"]["msgs"])]
        tally.add(json.dumps(row["input"])[:300], text, ours, theirs)
    tally.check()


def _written(given: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the texts of a call with their merge modes. A call with plain data is written as JSON."""
    if "parts" in given:
        return [(_text(part["str"]), part) for part in given["parts"]]
    return [(given.get("yaml") or json.dumps(given["value"]), {})]


def _text(written: Any) -> str:
    return written if isinstance(written, str) else json.dumps(written)


def _options(given: dict[str, Any]) -> Options:
    return Options(**{name: bool(given.get(name)) for name in Options._fields})


def _load(written: list[tuple[str, dict[str, Any]]], options: Options) -> Any:
    parts = []
    anchors: frozenset[str] = frozenset()
    for text, part in written:
        document = parse(Source(part.get("src") or "", text))
        value, _ = resolve(document)
        if value is None:
            return "error"
        modes = part.get("merge_modes") or {}
        parts.append(Part(value, modes.get("lft"), modes.get("rgt")))
        anchors |= document.anchors
    merged = merge(parts) if parts else Value({}, Source("", ""))
    normal = normalize(merged, anchors, options)
    found = ((message.level, message.key, message.code, message.args) for message in normal.messages)
    return [normal.config(), messages(found)]
