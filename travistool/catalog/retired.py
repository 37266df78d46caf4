"""Images, systems and services that came to an end, each with its day and where that is said."""

from typing import NamedTuple


class Retired(NamedTuple):
    """Something that is gone from the day `since` on; `successor` is what to write instead, `` where there is nothing."""

    name: str
    since: str
    successor: str
    source: str


UBUNTU: tuple[Retired, ...] = (
    Retired("precise", "2017-04-28", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("trusty", "2019-04-30", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("xenial", "2021-04-30", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("bionic", "2023-05-31", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("focal", "2025-05-31", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("jammy", "2027-04-30", "noble", "https://wiki.ubuntu.com/Releases"),
)
"""Ubuntu's versions by `dist`: the end of their standard support, from when on nobody repairs them."""


def retired(table: tuple[Retired, ...], name: str, as_of: str) -> Retired | None:
    """Return the row of a name if it is over on a day such as `2026-01-31`."""
    return next((row for row in table if row.name == name and row.since <= as_of), None)
