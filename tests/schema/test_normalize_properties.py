"""Properties of reading and normalizing, over texts made of real keys: never raises, twice is once, spans are inside."""

import json
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.examples import examples
from travistool.document.emit import emit
from travistool.lint.engine import lint
from travistool.pipeline import Reading, read
from travistool.schema.shape import MAP
from travistool.schema.store import load
from travistool.schema.traverse import reachable
from travistool.source import Source, Span

ROOT = load().root
SHAPES = list(reachable(ROOT))
KEYS = sorted(
    {key for shape in SHAPES if shape.kind == MAP for key in shape.keys if key != "secure"} | {"_own", "nothing_such"}
)
OTHER_KEYS = sorted(
    {alias for shape in SHAPES for alias in shape.aliases} | set(load().misspellings) | {"<<", ":a", "secure"}
)
VALUES = sorted(
    {str(value) for shape in SHAPES for value in shape.values}
    | {"true", "3.10", "A=1 B=2", "type = push", "2024-01-31"}
)

_keys = st.sampled_from(KEYS)
_scalars = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from(KEYS),
    st.text("aA =$\"'#:é", min_size=1, max_size=6),
    st.booleans(),
    st.integers(0, 9),
)


def _maps(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(_keys, inner, min_size=1, max_size=3)


_data = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(st.one_of(_scalars, _maps(inner)), min_size=1, max_size=3), _maps(inner)),
    max_leaves=8,
)
tidy = st.dictionaries(st.one_of(st.sampled_from(sorted(ROOT.keys)), _keys), _data, max_size=4)
"""Configs as data: real keys in right and wrong places, nothing empty, no lists right in lists."""

_any_keys = st.one_of(_keys, st.sampled_from(OTHER_KEYS))
_any_data = st.recursive(
    st.one_of(_scalars, st.none(), st.just("")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_any_keys, inner, max_size=3)),
    max_leaves=8,
)
untidy = st.dictionaries(_any_keys, _any_data, max_size=4)
"""Configs as data: misspelt keys, empty values and lists in lists too."""

_lines = st.builds(
    lambda indent, dash, anchor, key, value: f"{'  ' * indent}{dash}{key}: {anchor}{value}",
    st.integers(0, 3),
    st.sampled_from(("", "", "- ")),
    st.sampled_from(("", "", "", "&a ", "*a #", "!!str ", "| ", "> ", "[", "{", '"')),
    _any_keys,
    st.sampled_from([*VALUES, "*a", "~", "[]", "{}", ""]),
)
_noise = st.text("\n\r\t :-#[]{}&*!|>'\"%@`,?\0\x1b\x85\u2028\ufeff\ud800aé💎", max_size=4)
texts = st.lists(st.one_of(_lines, _lines, _noise), max_size=8).map("\n".join)
"""Texts that are nearly YAML."""


def spans(reading: Reading) -> list[Span]:
    found = [message.span for message in reading.normal.messages] if reading.normal else []
    for diagnostic in lint(reading, "service"):
        found += [diagnostic.span, *(span for span, _ in diagnostic.related)]
        found += [edit.span for edit in (diagnostic.fix.edits if diagnostic.fix else ())]
    return found


def check_spans(reading: Reading) -> None:
    for span in spans(reading):
        assert span.source is reading.source
        assert 0 <= span.start <= span.end <= len(reading.source.text)
        first, last = span.first(), span.last()
        assert (1, 1) <= (first.line, first.column) <= (last.line, last.column)


@examples(300)
@given(texts)
@example("")
@example("\ud800: \ud800")
@example("a: &a [*a]\n<<: *a")
@example("? [a]\n: b")
def test_any_text(text: str) -> None:
    reading = read(Source("a.yml", text))
    # What Travis refuses we may read on behind; what we cannot read always has a finding that says so.
    assert reading.normal is not None or reading.broken() is not None
    check_spans(reading)
    if reading.normal is not None:
        json.dumps(reading.normal.config())


def normalized(config: object) -> Reading:
    reading = read(Source("normal.yml", emit(config)))
    assert reading.normal is not None, reading.diagnostics
    return reading


def config_of(reading: Reading) -> object:
    assert reading.normal is not None
    return reading.normal.config()


def told(reading: Reading) -> set[tuple[str, str, str]]:
    """Return level, key and code of what is said above info."""
    assert reading.normal is not None
    return {
        (message.level, message.key, message.code) for message in reading.normal.messages if message.level != "info"
    }


_HALF_WAY = {"unexpected_seq", "find_key", "clean_key", "strip_key", "underscore_key"}


@pytest.mark.heavy
@examples(100)
@given(tidy)
def test_twice_is_once(data: dict[str, Any]) -> None:
    """But for two rewrites behind which Travis does not look once more: the first item of a list where it wants no
    list, and a key repaired to another one.
    """
    once = normalized(data)
    check_spans(once)
    assert once.normal is not None
    assume(not _HALF_WAY & {message.code for message in once.normal.messages})
    # A root that holds nothing but a broken secret is emptied after the defaults were filled in.
    assume(config_of(once))
    twice = normalized(config_of(once))
    assert json.dumps(config_of(twice), sort_keys=True) == json.dumps(config_of(once), sort_keys=True)
    assert told(twice) <= told(once)


@pytest.mark.heavy
@examples(100)
@given(untidy)
@example({"language": {}})
@example({"lein": [["a"]]})
@example({"branchers": [["a"]]})
@example({"notifications": ["a"]})
def test_rewriting_ends(data: dict[str, Any]) -> None:
    """Where Travis stops half-way (see above; lists in lists; empty values), each pass takes off one layer, no more."""
    reading = normalized(data)
    check_spans(reading)
    passes = [config_of(reading)]
    while len(passes) < 2 or passes[-1] != passes[-2]:
        passes.append(config_of(normalized(passes[-1])))
        assert len(passes) < 8
