"""Lists of names in sentences."""

import pytest

from travistool.migrate.names import told


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param("", "", id="none"),
        pytest.param("a", "a", id="one"),
        pytest.param("ab", "a and b", id="two"),
        pytest.param("abcd", "a, b, c and d", id="one too many is told"),
        pytest.param("abcde", "a, b, c and 2 more", id="more are counted"),
    ],
)
def test_told(names: str, expected: str) -> None:
    assert told(tuple(names), 3) == expected
