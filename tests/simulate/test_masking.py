"""Secrets in a stream: every form, wherever chunks end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.simulate.masking import StreamMask, short


def masked(text: str, *secrets: str, size: int = 1 << 16) -> str:
    mask = StreamMask(secrets)
    data = text.encode()
    parts = [mask.feed(data[at : at + size]) for at in range(0, len(data), size)]
    return (b"".join(parts) + mask.flush()).decode()


@pytest.mark.parametrize(
    ("secret", "text", "expected"),
    [
        pytest.param("s3cr3t", "a s3cr3t b", "a [secure] b", id="plain"),
        pytest.param("'two words'", "is two words.", "is [secure].", id="as the shell unquotes it"),
        pytest.param("two' 'words", "two words", "[secure]", id="quoted in part"),
        pytest.param("'a b$c'", "printf 'a b$c'", "printf [secure]", id="quoted again"),
        pytest.param("'a b$c'", "a\\ b\\$c", "[secure]", id="with backslashes"),
        pytest.param("'a\"b'", 'echo "a\\"b"', 'echo "[secure]"', id="inside double quotes"),
        pytest.param("'first line\nsecond line'", "> second line\r\n", "> [secure]\r\n", id="line by line"),
        pytest.param('"it\'s x"', "cat: 'it'\\''s x': no", "cat: '[secure]': no", id="as set -x and ls quote it"),
        pytest.param('"it\'s x"', "$'it\\'s x'", "$'[secure]'", id="between $' and '"),
        pytest.param("'a \"$b'", '{"k": "a \\"$b"}', '{"k": "[secure]"}', id="in JSON"),
        pytest.param("ab", "ab ab", "ab ab", id="too short"),
        pytest.param("abc", "abc", "[secure]", id="just long enough"),
    ],
)
def test_forms(secret: str, text: str, expected: str) -> None:
    assert masked(text, secret) == expected


def test_a_longer_secret_that_starts_as_a_shorter_one_wins() -> None:
    assert masked("xabcdefx", "abc", "abcdef", size=1) == "x[secure]x"


def test_an_end_that_begins_another_secret_does_not_show_this_one() -> None:
    assert masked("hunter2", "hunter2", "2fast", size=7) == "[secure]"


def test_nothing_is_held_back_without_need() -> None:
    mask = StreamMask(["s3cr3t"])
    assert mask.feed(b"password: ") == b"password: "
    assert mask.feed(b"is s3") == b"is "
    assert mask.feed(b"t") == b"s3t"


@given(
    st.lists(st.text("abc", min_size=3, max_size=6), min_size=1, max_size=3),
    st.text("abcx", max_size=60),
    st.integers(1, 9),
)
def test_chunks_make_no_difference(secrets: list[str], text: str, size: int) -> None:
    found = masked(text, *secrets, size=size)
    assert found == masked(text, *secrets)


def test_short_values_are_told() -> None:
    assert short(["ab", "'x'", "abc", ""]) == ("ab", "'x'")
