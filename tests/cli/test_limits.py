"""Times and sizes as options take them."""

import pytest

from travistool.cli.limits import log_bytes, seconds
from travistool.errors import UsageError


@pytest.mark.parametrize(("text", "expected"), [("90", 90), ("90s", 90), ("10m", 600), ("2h", 7200), ("0", 0)])
def test_times(text: str, expected: float) -> None:
    assert seconds("--timeout", text) == expected


@pytest.mark.parametrize("text", ["", "m", "-1", "nan", "inf", "10x"])
def test_no_times(text: str) -> None:
    with pytest.raises(UsageError):
        seconds("--timeout", text)


@pytest.mark.parametrize(("text", "size"), [("0", 0), ("500k", 500_000), ("4M", 4_000_000), ("travis", 4_500_000)])
def test_sizes(text: str, size: int) -> None:
    assert log_bytes(text) == size
