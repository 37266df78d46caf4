"""Import references."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar.reference import ImportReferenceError, Reference, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("owner/name:a.yml@v1", Reference("owner/name", "a.yml", "v1"), id="everything"),
        pytest.param("owner/name:a.yml", Reference("owner/name", "a.yml", "main"), id="ref of the importing file"),
        pytest.param("a/b.yml", Reference("us/demo", "a/b.yml", "main"), id="local"),
        pytest.param("a.yml@v1", Reference("us/demo", "a.yml", "v1"), id="local with ref"),
        pytest.param("./b.yml", Reference("us/demo", "ci/b.yml", "main"), id="relative"),
        pytest.param("./../b.yml", Reference("us/demo", "b.yml", "main"), id="relative, one up"),
        pytest.param("./../../b.yml", Reference("us/demo", "../b.yml", "main"), id="relative, out of the repository"),
        pytest.param("axyml", Reference("us/demo", "axyml", "main"), id="any character before yml"),
    ],
)
def test_parse(text: str, expected: Reference) -> None:
    assert parse(text, "us/demo", "main", "ci/a.yml") == expected


@pytest.mark.parametrize("text", ["", "name", "owner/name@v1", "a.yaml", "@v1", "owner/name:a.json"])
def test_errors(text: str) -> None:
    with pytest.raises(ImportReferenceError) as caught:
        parse(text)
    assert caught.value.text == text


@given(st.text(alphabet="ab/:.@yml\n", max_size=30))
def test_raises_nothing_else(text: str) -> None:
    with contextlib.suppress(ImportReferenceError):
        assert "yml" in parse(text, path="a/b.yml").path
