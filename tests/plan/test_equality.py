from typing import Any

import pytest

from travistool.plan.equality import compact, equal, identity, unique, without


@pytest.mark.parametrize(
    ("left", "right", "are_equal", "are_same"),
    [
        pytest.param("a", "a", True, True, id="texts"),
        pytest.param(1, True, False, False, id="true is no number"),
        pytest.param(1, 1.0, True, False, id="numbers of two kinds"),
        pytest.param([1, {"a": True}], [1, {"a": True}], True, True, id="nested"),
        pytest.param([1, {"a": True}], [1, {"a": 1}], False, False, id="nested, true is no number"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, True, True, id="order of keys"),
        pytest.param(None, False, False, False, id="null is not false"),
        pytest.param(["a"], "a", False, False, id="a list is not its item"),
    ],
)
def test_equality(left: Any, right: Any, are_equal: bool, are_same: bool) -> None:
    assert equal(left, right) is are_equal
    assert (identity(left) == identity(right)) is are_same


def test_lists() -> None:
    assert unique([1, True, 1.0, 1, "1"], identity) == [1, True, 1.0, "1"]
    assert without([{"A": "1"}, {"A": "2"}, {"A": "1"}], [{"A": "1"}]) == [{"A": "2"}]
    assert compact({"a": [None, "", []], "b": {"c": None}, "d": False, "e": 0}) == {"d": False, "e": 0}
