"""Bytes of a file to text."""

from __future__ import annotations

from travistool.record import Record

_MARKS = (  # longest first: UTF-32's little-endian mark starts with UTF-16's
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Undecodable(Record):
    """What is wrong with bytes as text. `text` has U+FFFD for what is no UTF-8; `start` and `end` are offsets into it.

    `fatal` means that Travis cannot read the file; otherwise it drops the bytes and goes on, and so do we.
    """

    rule: str
    message: str
    text: str
    start: int
    end: int
    fatal: bool


def decode(data: bytes) -> str | Undecodable:
    """Return the text of UTF-8. Never raises.

    A byte order mark stays in the text as U+FEFF, so that the text encodes to the same bytes.
    """
    other = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if other is not None:
        message = f"the file is {other.upper()}, which Travis cannot read, save it as UTF-8"
        return Undecodable("invalid-encoding", message, data.decode(other, "replace"), 0, 0, fatal=True)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _broken(data, error)
    nul = text.find("\0")
    if nul < 0 or not text.strip("\0"):
        return text
    line = text.count("\n", 0, nul) + 1
    return Undecodable(
        "binary-file", f"the file is not text: a NUL byte in line {line}", text, nul, nul + 1, fatal=True
    )


def _broken(data: bytes, error: UnicodeDecodeError) -> Undecodable:
    text = data.decode("utf-8", "replace")
    start = len(data[: error.start].decode("utf-8", "replace"))
    if b"\0" in data:
        return Undecodable("binary-file", "the file is not text but binary data", text, start, start + 1, fatal=True)
    line = text.count("\n", 0, start) + 1
    message = f"byte {error.start} (0x{data[error.start]:02x}) in line {line} is not UTF-8 and Travis drops it"
    return Undecodable("invalid-encoding", f"{message}, save the file as UTF-8", text, start, start + 1, fatal=False)
