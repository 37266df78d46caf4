"""Frozen values with named fields."""

import re

import pytest

from travistool.record import Record


class Point(Record):
    x: int
    y: int = 0


def test_fields_defaults_and_unpacking() -> None:
    point = Point(1)
    x, y = point
    assert (x, y, point.x, point.y) == (1, 0, 1, 0)
    assert repr(point) == "Point(x=1, y=0)"


def test_equality_and_hash() -> None:
    assert Point(1, 2) == Point(y=2, x=1)
    assert Point(1, 2) != Point(1, 3)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_replace_leaves_the_value_alone() -> None:
    point = Point(1)
    assert (point._replace(y=5), point) == (Point(1, 5), Point(1, 0))


def test_replace_knows_the_fields() -> None:
    with pytest.raises(TypeError, match="takes the fields x, y"):
        Point(1)._replace(z=5)


@pytest.mark.parametrize(
    ("values", "named", "told"),
    [
        pytest.param((), {}, "Point() misses the field 'x'", id="a field is missing"),
        pytest.param((1, 2, 3), {}, "Point() takes the fields x, y", id="one too many"),
        pytest.param((1,), {"z": 2}, "Point() takes the fields x, y", id="an unknown name"),
    ],
)
def test_wrong_fields_are_refused(values: tuple[int, ...], named: dict[str, int], told: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
        Point(*values, **named)


def test_it_is_frozen() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del Point(1).x
