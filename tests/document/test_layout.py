"""YAML for people: what is written reads as the same data."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from travistool.document.layout import Inline, Remark, layout
from travistool.document.plain import load_plain

TEXT = st.text(alphabet="aA10 :#-'\"\\$&*!|>%@`{}[],.?\n\tyn~=<é", max_size=12)
DATA = st.dictionaries(
    TEXT.filter(lambda text: "\n" not in text and "\t" not in text),
    st.recursive(TEXT | st.booleans() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=6)
    | st.dictionaries(st.sampled_from(("a", "on", "1")), TEXT, max_size=2),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)  # a pure reader of YAML on a busy machine
@given(DATA)
@example({"a": "   \n|:"})
@example({"a": "0\n\n", "b": "1\n\n\n"})
@example({"a": ".nan", "b": ".Inf"})
@example({"a": [["A?"]]})
@example({"a": ["   \n|:\n", {"on": " \n  x\n"}]})
def test_reads_as_the_same(data: dict[str, Any]) -> None:
    assert load_plain(layout(data)) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"on": {"push": None}}, "on:\n  push:\n"),
        ({"v": Inline(("3.10", "a b"))}, 'v: ["3.10", a b]\n'),
        ({"run": "a\nb\n"}, "run: |\n  a\n  b\n"),
        ({"run": "  a\nb"}, "run: |2-\n    a\n  b\n"),
        ({Remark("why"): None, "a": "yes"}, '# why\na: "yes"\n'),
        ({"jobs": [{Remark("x"): None, "a": 1, "b": True}]}, "jobs:\n  # x\n  - a: 1\n    b: true\n"),
        ({"if": 'a == "b"'}, 'if: a == "b"\n'),
        ({"if": '(a) == "b"'}, "if: '(a) == \"b\"'\n"),
    ],
)
def test_layout(data: dict[str, Any], text: str) -> None:
    assert layout(data) == text
