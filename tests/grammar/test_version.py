"""Version requirements."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar.version import VersionError, satisfies


@pytest.mark.parametrize(
    ("version", "requirement", "expected"),
    [
        pytest.param("1.0.0", "= 1.0.0", True, id="equal"),
        pytest.param("1.0.0", "= 1.0", False, id="equal needs as many numbers"),
        pytest.param("1.0.0", "~> 1.0.0", True, id="compatible"),
        pytest.param("1.1.0", "~> 1.0.0", False, id="minor is not compatible"),
        pytest.param("1.5", "~> 1.2", True, id="minor is compatible with two numbers"),
        pytest.param("2", "~> 1", False, id="major"),
        pytest.param("1.0.1", "> 1.0.0", True, id="greater"),
        pytest.param("1.0.0", ">= 1.0.0", True, id="greater or equal"),
        pytest.param("1.0.0", "< 1.0.0", False, id="less"),
        pytest.param("1.0.0", "<= 1.0.0", True, id="less or equal"),
        pytest.param("1.10.0", "< 1.9.0", True, id="compared as texts"),
    ],
)
def test_satisfies(version: str, requirement: str, expected: bool) -> None:
    assert satisfies(version, requirement) is expected


@pytest.mark.parametrize("requirement", ["1.0.0", ">=1.0", "~> 1.0.0.0", "", "=> 1", "= " + "9" * 5000])
def test_errors(requirement: str) -> None:
    with pytest.raises(VersionError) as caught:
        satisfies("1.0.0", requirement)
    assert requirement.endswith(caught.value.text)


@given(st.text(alphabet="~><= 0123.", max_size=12))
def test_raises_nothing_else(requirement: str) -> None:
    with contextlib.suppress(VersionError):
        satisfies("1.0.0", requirement)
