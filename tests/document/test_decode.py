"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.document.decode import Undecodable, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param("a: é\r\n".encode(), "a: é\r\n", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfa: 1", "\ufeffa: 1", id="utf-8-mark-stays"),
        pytest.param("a: é".encode("utf-16"), "a: é", id="utf-16"),
        pytest.param(b"\xfe\xff" + "a: é".encode("utf-16-be"), "a: é", id="utf-16-big-endian"),
        pytest.param("a: é".encode("utf-32"), "a: é", id="utf-32"),
        pytest.param(b"\0\0\xfe\xff" + "a".encode("utf-32-be"), "a", id="utf-32-big-endian"),
    ],
)
def test_text(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            b"a: 1\nb: \xe9t\xe9\n",
            Undecodable(
                "invalid-encoding",
                "byte 8 (0xe9) in line 2 is not UTF-8, save the file as UTF-8",
                "a: 1\nb: \ufffdt\ufffd\n",
                8,
                9,
            ),
            id="latin-1",
        ),
        pytest.param(
            b"a: \xc3",
            Undecodable(
                "invalid-encoding", "byte 3 (0xc3) in line 1 is not UTF-8, save the file as UTF-8", "a: \ufffd", 3, 4
            ),
            id="cut-off",
        ),
        pytest.param(
            b"a: 1\nb\0c",
            Undecodable("binary-file", "the file is not text: a NUL byte in line 2", "a: 1\nb\0c", 6, 7),
            id="nul",
        ),
        pytest.param(
            b"\x7fELF\0\xff",
            Undecodable("binary-file", "the file is not text but binary data", "\x7fELF\0\ufffd", 5, 6),
            id="binary",
        ),
        pytest.param(
            b"\xff\xfea",
            Undecodable(
                "invalid-encoding", "byte 2 (0x61) in line 1 is not UTF-16, save the file as UTF-8", "\ufffd", 0, 1
            ),
            id="half-of-utf-16",
        ),
    ],
)
def test_not_text(data: bytes, expected: Undecodable) -> None:
    assert decode(data) == expected


@given(st.binary())
def test_never_raises(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Undecodable):
        assert 0 <= found.start <= found.end <= len(found.text)


@given(st.text().filter(lambda text: "\0" not in text))
def test_utf_8_comes_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    assert decode(data) == data.decode()
