"""Patterns of branches as globs: where there are any, they say the same as the pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar.conditions import regex
from travistool.migrate.github.evaluate import is_triggered
from travistool.migrate.globs import globs
from travistool.plan.model import Event


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^release/.*$", ("release/**",)),
        ("^release/.+$", ("release/**",)),
        (r"^v\d+\.\d+$", ("v[0-9]+.[0-9]+",)),
        (r"^v\d+(\.\d+)?$", ("v[0-9]+", "v[0-9]+.[0-9]+")),
        ("^(dev|stage)-", ("dev-**", "stage-**")),
        ("dependabot", ("**dependabot**",)),
        (r"^\d{2}$", ("[0-9][0-9]",)),
        ("^v.+x", None),
        ("^.$", None),
        ("(?i)^v", None),
        (r"^v\S*$", None),
        ("^(a)+$", None),
    ],
)
def test_globs(pattern: str, expected: tuple[str, ...] | None) -> None:
    assert globs(pattern) == expected


PIECES = st.sampled_from(("v", "a", r"\d", r"\.", "/", "[0-9]+", ".*", "(x|y)", "(b)?", "-"))


@given(
    st.lists(PIECES, min_size=1, max_size=5).map("".join),
    st.booleans(),
    st.booleans(),
    st.text(alphabet="va1.x/y-b0", min_size=1, max_size=8),
)
def test_globs_say_the_same(body: str, start: bool, end: bool, name: str) -> None:
    pattern = f"{'^' if start else ''}{body}{'$' if end else ''}"
    found = globs(pattern)
    if found is not None and not name.endswith("/"):
        triggered = is_triggered({"push": {"branches": list(found)}}, Event(branch=name))
        assert triggered == regex.compile(pattern).search(name)
