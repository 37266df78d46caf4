from hypothesis import given
from hypothesis import strategies as st

from travistool.simulate.docker.stream import Frames


def frame(data: bytes, kind: int = 1) -> bytes:
    return bytes([kind, 0, 0, 0]) + len(data).to_bytes(4, "big") + data


@given(st.lists(st.binary(max_size=40)), st.lists(st.integers(min_value=0, max_value=400)))
def test_frames_cut_anywhere(parts: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(frame(part, 1 + number % 2) for number, part in enumerate(parts))
    found: list[bytes] = []
    frames = Frames(found.append)
    start = 0
    for cut in [*sorted(cuts), len(stream)]:
        frames.feed(stream[start:cut])
        start = max(start, cut)
    assert b"".join(found) == b"".join(parts)


def test_what_comes_is_passed_on_at_once() -> None:
    found: list[bytes] = []
    frames = Frames(found.append)
    frames.feed(frame(b"one line")[:12])
    assert found == [b"one "]
