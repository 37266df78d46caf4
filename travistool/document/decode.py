"""Bytes of a file to text."""

from typing import NamedTuple

_MARKS = (  # longest first: UTF-32's little-endian mark starts with UTF-16's
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Undecodable(NamedTuple):
    """Why bytes are no text. `text` has U+FFFD for what could not be decoded; `start` and `end` are offsets into it."""

    rule: str
    message: str
    text: str
    start: int
    end: int


def decode(data: bytes) -> str | Undecodable:
    """Return the text of UTF-8, or of UTF-16 and UTF-32 with a byte order mark. Never raises.

    The mark of UTF-8 stays in the text as U+FEFF, so that the text encodes to the same bytes.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return _broken(data, encoding, error)
    nul = text.find("\0")
    if nul < 0 or not text.strip("\0"):
        return text
    line = text.count("\n", 0, nul) + 1
    return Undecodable("binary-file", f"the file is not text: a NUL byte in line {line}", text, nul, nul + 1)


def _broken(data: bytes, encoding: str, error: UnicodeDecodeError) -> Undecodable:
    text = data.decode(encoding, "replace")
    before = data[: error.start].decode(encoding, "replace")
    start = min(len(before), max(len(text) - 1, 0))
    end = min(start + 1, len(text))
    if b"\0" in data and encoding == "utf-8":
        return Undecodable("binary-file", "the file is not text but binary data", text, start, end)
    line = before.count("\n") + 1
    name = encoding.upper()
    what = f"byte {error.start} (0x{data[error.start]:02x}) in line {line} is not {name}, save the file as UTF-8"
    return Undecodable("invalid-encoding", what, text, start, end)
