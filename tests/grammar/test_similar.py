"""Typo matching: official ties as a table, distances against the textbook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar import similar
from travistool.grammar.similar import closest, suggest

KEYS = ("language", "script", "before_script", "after_script", "jobs", "env", "elm_test", "cache", "node_js")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("langauge", "language", id="two letters swapped"),
        pytest.param("scirpt", "script", id="distance two of six"),
        pytest.param("evn", "env", id="permutation, too far for Levenshtein"),
        pytest.param("job", "jobs", id="distance below half"),
        pytest.param("js", None, id="too short"),
        pytest.param("env", None, id="known already"),
        pytest.param("unknown", None, id="nothing near"),
        pytest.param("fter_script", "after_script", id="the nearer of two"),
        pytest.param("golang", None, id="look-alike"),
        pytest.param("elm_tests", None, id="target never meant"),
        pytest.param("scrïpt", "script", id="bytes count"),
    ],
)
def test_closest(text: str, expected: str | None) -> None:
    assert closest(KEYS, text) == expected


@pytest.mark.parametrize(
    ("candidates", "text", "expected"),
    [
        pytest.param(("abcy", "abcx"), "abcz", "abcy", id="full tie: the first"),
        pytest.param(("abbd", "abce"), "abcd", "abbd", id="as many letters: the first"),
        pytest.param(("abcdz", "abcde1"), "abcde", "abcde1", id="shared letters decide"),
        pytest.param(("abcdefgg", "abcdefgf", "abcdefhg"), "abcdefgh", "abcdefhg", id="the farther one competes"),
        pytest.param(("abcde", "abcdef"), "abcdeg", "abcdef", id="length decides last"),
        pytest.param(("abcd1", "abcd1", "abc"), "abcd", "abcd1", id="listed twice"),
        pytest.param(("abc", "abcc"), "abccc", "abcc", id="nearest wins without a tie"),
    ],
)
def test_ties(candidates: tuple[str, ...], text: str, expected: str) -> None:
    assert closest(candidates, text, None) == expected


def test_no_stop_list_lifts_every_ban() -> None:
    assert closest(KEYS, "elm_tests", None) == "elm_test"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Language", "language", id="case"),
        pytest.param("before-script", "before_script", id="dash"),
        pytest.param("nod_ejs", "node_js", id="swap counts once"),
        pytest.param("en", "env", id="short"),
        pytest.param("docker", None, id="nothing near"),
        pytest.param("", None, id="empty"),
    ],
)
def test_suggest(text: str, expected: str | None) -> None:
    assert suggest(KEYS, text) == expected


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 4))
def test_distance_is_exact_up_to_its_limit(left: str, right: str, limit: int) -> None:
    distance, real = similar._levenshtein(left, right, limit), _textbook(left, right)
    assert distance == real if real <= limit else distance > limit


@given(st.lists(st.text(max_size=6), max_size=6), st.text(max_size=6))
def test_answers_are_candidates(candidates: list[str], text: str) -> None:
    assert closest(candidates, text) in {None, *candidates}
    assert suggest(candidates, text) in {None, *candidates}


def _textbook(left: str, right: str) -> int:
    if not left or not right:
        return len(left) + len(right)
    row = list(range(len(right) + 1))
    for i, item in enumerate(left, 1):
        row, old = [i], row
        for j, other in enumerate(right, 1):
            row.append(min(old[j] + 1, row[-1] + 1, old[j - 1] + (item != other)))
    return row[-1]
