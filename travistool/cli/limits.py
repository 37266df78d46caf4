"""Limits on jobs as the command line has them: times and sizes as texts."""

from __future__ import annotations

from travistool.errors import UsageError
from travistool.simulate.output import TRAVIS_LOG_BYTES


def seconds(flag: str, text: str) -> float:
    """Return a time such as `90`, `90s`, `10m` or `2h` in seconds. Raises UsageError."""
    units = {"s": 1, "m": 60, "h": 3600}
    number, unit = (text[:-1], units[text[-1]]) if text[-1:] in units else (text, 1)
    try:
        found = float(number) * unit
    except ValueError:
        found = -1
    if not 0 <= found < float("inf"):
        raise UsageError(f"{flag} takes a time such as 90s, 10m or 2h, not '{text}'")
    return found


def log_bytes(text: str) -> int:
    """Return a size such as `0`, `4M` or `travis`, the one that ends a job there."""
    if text == "travis":
        return TRAVIS_LOG_BYTES
    units = {"k": 1_000, "m": 1_000_000}
    number, unit = (text[:-1], units[text[-1:].lower()]) if text[-1:].lower() in units else (text, 1)
    if not number.isdecimal():
        raise UsageError(f"--log-limit takes travis, or a size such as 500k or 4M, not '{text}'")
    return int(number) * unit
