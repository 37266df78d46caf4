"""Our reader against the official one: values, the lines of keys, anchors, duplicates and merge modes.

The recorded calls skip what the official reader does to a text before it parses (indentation and outer blanks), so
the last value of a text may end in line breaks there. Counted here, not listed by row.
"""

from collections import Counter
from typing import Any

import pytest

from tests.parity.oracle import rows
from travistool.diagnostics import Severity
from travistool.document.dialect import resolve
from travistool.document.nodes import Alias
from travistool.document.parse import Document, parse
from travistool.document.values import Value
from travistool.source import Source

pytestmark = pytest.mark.parity

Place = tuple[str | int, ...]


def test_values_lines_and_modes() -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for row in rows("vectors/yaml.jsonl.gz"):
        verdict = _compare(row)
        counts[verdict] += 1
        if verdict == "different":
            wrong.append(row["input"]["yaml"])
    assert not wrong, counts
    assert counts["same"] > 0.98 * sum(counts.values()), counts


def test_every_config_is_read_without_an_error() -> None:
    wrong = []
    for row in rows("configs.jsonl.gz"):
        document = parse(Source(row["path"], row["yaml"]))
        value, problems = resolve(document)
        if value is None or any(problem.severity is Severity.ERROR for problem in (*document.problems, *problems)):
            wrong.append(row["path"])
    assert not wrong


def test_official_lines_are_lines_of_the_text() -> None:
    wrong = []
    for row in rows("configs.jsonl.gz"):
        text = row["yaml"]
        if not text.isascii():
            continue
        document = parse(Source(row["path"], text))
        value, _ = resolve(document)
        lines = set(_official_lines(document, value))
        wrong += [row["path"] for _, _, _, args in row["msgs"] if "line" in args and args["line"] not in lines]
    assert not wrong


def _compare(row: dict[str, Any]) -> str:
    source = Source("vector", row["input"]["yaml"])
    document = parse(source)
    value, problems = resolve(document)
    rules = [problem.rule for problem in (*document.problems, *problems) if problem.severity is Severity.ERROR]
    if "error" in row:
        return "same" if rules else "different"
    output = row["output"]
    if not isinstance(output["value"], dict):
        is_empty = output["value"] in (False, None) and value is not None and value.data == {}
        return "same" if is_empty or rules == ["root-not-a-map"] else "different"
    if value is None or rules:
        return "different"
    ours = _Facts(document)
    ours.collect(value, ())
    theirs = (
        {tuple(place): line for place, line in output["lines"]},
        {tuple(place): set(meta.get("anchors", ())) - {None} for place, meta in output["meta"] if "anchors" in meta},
        {tuple(place): meta["warnings"] for place, meta in output["meta"] if "warnings" in meta},
        {tuple(place): modes["rgt"] for place, modes in output["modes"]},
    )
    if theirs != (ours.lines, ours.anchors, ours.duplicates, ours.modes):
        return "different"
    if value.plain() == output["value"]:
        return "same"
    return "outer blanks" if _without_ends(value.plain()) == _without_ends(output["value"]) else "different"


class _Facts:
    """What the official reader keeps beside the values, by the place of each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines: dict[Place, int] = {}
        self.anchors: dict[Place, set[str]] = {}
        self.duplicates: dict[Place, list[str]] = {}
        self.modes: dict[Place, str] = {}

    def collect(self, value: Value, place: Place) -> None:
        if value.mode:
            self.modes[place] = value.mode
        if isinstance(value.data, list):
            for index, item in enumerate(value.data):
                self.collect(item, (*place, index))
        if not isinstance(value.data, dict):
            return
        if self.document.anchors and not isinstance(value.node, Alias):
            self.anchors[place] = set(self.document.anchors)
        if value.duplicates:
            self.duplicates[place] = [f"Duplicate key {key}" for key, _ in value.duplicates]
        first = {key: nodes[0] for key, nodes in value.duplicates}
        for key, item in value.data.items():
            node = first.get(key, item.key)  # officially a key keeps the line of its first writing
            assert node is not None
            self.lines[(*place, key)] = self.document.source.position(node.start).line - 1
            self.collect(item, (*place, key))


def _without_ends(data: object) -> object:
    if isinstance(data, dict):
        return {key: _without_ends(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_ends(value) for value in data]
    return data.rstrip("\n") if isinstance(data, str) else data


def _official_lines(document: Document, value: Value | None) -> list[int]:
    if value is None:
        return []
    found = []
    stack = [value]
    while stack:
        here = stack.pop()
        if here.key is not None:
            found.append(document.official_line(here.key.start))
        if isinstance(here.data, dict):
            stack += here.data.values()
            found += [document.official_line(node.start) for _, nodes in here.duplicates for node in nodes]
        elif isinstance(here.data, list):
            stack += here.data
    return found
