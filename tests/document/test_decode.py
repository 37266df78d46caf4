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
                "byte 8 (0xe9) in line 2 is not UTF-8 and Travis drops it, save the file as UTF-8",
                "a: 1\nb: \ufffdt\ufffd\n",
                8,
                9,
                fatal=False,
            ),
            id="latin-1",
        ),
        pytest.param(
            b"a: \xc3",
            Undecodable(
                "invalid-encoding",
                "byte 3 (0xc3) in line 1 is not UTF-8 and Travis drops it, save the file as UTF-8",
                "a: \ufffd",
                3,
                4,
                fatal=False,
            ),
            id="cut-off",
        ),
        pytest.param(
            b"a: 1\nb\0c",
            Undecodable("binary-file", "the file is not text: a NUL byte in line 2", "a: 1\nb\0c", 6, 7, fatal=True),
            id="nul",
        ),
        pytest.param(
            b"\x7fELF\0\xff",
            Undecodable("binary-file", "the file is not text but binary data", "\x7fELF\0\ufffd", 5, 6, fatal=True),
            id="binary",
        ),
        pytest.param(
            "a: é".encode("utf-16"),
            Undecodable(
                "invalid-encoding",
                "the file is UTF-16, which Travis cannot read, save it as UTF-8",
                "a: é",
                0,
                0,
                fatal=True,
            ),
            id="utf-16",
        ),
        pytest.param(
            b"\xff\xfea",
            Undecodable(
                "invalid-encoding",
                "the file is UTF-16, which Travis cannot read, save it as UTF-8",
                "\ufffd",
                0,
                0,
                fatal=True,
            ),
            id="half-of-utf-16",
        ),
        pytest.param(
            "a".encode("utf-32"),
            Undecodable(
                "invalid-encoding",
                "the file is UTF-32, which Travis cannot read, save it as UTF-8",
                "a",
                0,
                0,
                fatal=True,
            ),
            id="utf-32",
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
