"""The end of support of language versions, as their makers announce it: after it nobody repairs them."""

from __future__ import annotations

from collections.abc import Mapping
from re import match
from typing import NamedTuple


class Line(NamedTuple):
    """The versions of a language. `ends` has the last day of each; `pattern` finds the version in a value."""

    name: str
    pattern: str
    ends: Mapping[str, str]
    source: str


_DATES = "endoflife-date/endoflife.date at a70eca33, products"

# fmt: off
LINES: Mapping[str, Line] = {
    "node_js": Line("Node.js", r"v?(?P<version>0\.\d+|[1-9]\d*)(?:\.|$)", {
        "0.8": "2016-10-31", "0.10": "2016-10-31", "0.12": "2016-12-31", "4": "2018-04-30", "5": "2016-06-30",
        "6": "2019-04-30", "7": "2017-06-30", "8": "2019-12-31", "9": "2018-06-30", "10": "2021-04-30", "11": "2019-06-01",
        "12": "2022-04-30", "13": "2020-06-01", "14": "2023-04-30", "15": "2021-06-01", "16": "2023-09-11",
        "17": "2022-06-01", "18": "2025-04-30", "19": "2023-06-01", "20": "2026-04-30", "21": "2024-06-01",
        "22": "2027-04-30", "23": "2025-06-01", "24": "2028-04-30", "25": "2026-06-01", "26": "2029-04-30",
    }, f"nodejs/Release schedule.json at 049ef91f; {_DATES}/nodejs.md; 0.8 has no day of its own: that of 0.10"),
    "python": Line("Python", r"(?P<version>[23]\.\d+)(?:\.\d+)?$", {
        "2.6": "2013-10-29", "2.7": "2020-01-01", "3.2": "2016-02-20", "3.3": "2017-09-29", "3.4": "2019-03-18",
        "3.5": "2020-09-30", "3.6": "2021-12-23", "3.7": "2023-06-27", "3.8": "2024-10-07", "3.9": "2025-10-31",
        "3.10": "2026-10-31", "3.11": "2027-10-31", "3.12": "2028-10-31", "3.13": "2029-10-31", "3.14": "2030-10-31",
    }, f"python/devguide include/release-cycle.json at 020b05c7; {_DATES}/python.md"),
    "rvm": Line("Ruby", r"(?:ruby-)?(?P<version>[1-4]\.\d+)(?:\.\d+)?(?:-p\d+)?$", {
        "1.8": "2014-06-30", "1.9": "2015-02-23", "2.0": "2016-02-24", "2.1": "2017-03-31", "2.2": "2018-03-31",
        "2.3": "2019-03-31", "2.4": "2020-03-31", "2.5": "2021-04-05", "2.6": "2022-04-12", "2.7": "2023-03-31",
        "3.0": "2024-04-23", "3.1": "2025-03-26", "3.2": "2026-04-01", "3.3": "2027-03-31",
        "3.4": "2028-03-31", "4.0": "2029-03-31",
    }, f"ruby/www.ruby-lang.org _data/branches.yml; for 1.8 its news of 2013-12-17; from 3.4 on {_DATES}/ruby.md"),
    "php": Line("PHP", r"(?P<version>[5-9]\.\d+)(?:\.\d+)?(?:snapshot)?$", {
        "5.2": "2011-01-06", "5.3": "2014-08-14", "5.4": "2015-09-14", "5.5": "2016-07-21", "5.6": "2018-12-31",
        "7.0": "2019-01-10", "7.1": "2019-12-01", "7.2": "2020-11-30", "7.3": "2021-12-06", "7.4": "2022-11-28",
        "8.0": "2023-11-26", "8.1": "2025-12-31", "8.2": "2026-12-31", "8.3": "2027-12-31",
        "8.4": "2028-12-31", "8.5": "2029-12-31",
    }, f"{_DATES}/php.md; for 5.4 php.net/supported-versions.php as of 2018-11-20"),
    "go": Line("Go", r"(?:go)?(?P<version>1\.\d+)(?:\.(?:x|\d+))?$", {
        "1.1": "2014-06-18", "1.2": "2014-12-10", "1.3": "2015-08-19", "1.4": "2016-02-17", "1.5": "2016-08-15",
        "1.6": "2017-02-16", "1.7": "2017-08-24", "1.8": "2018-02-16", "1.9": "2018-08-24", "1.10": "2019-02-25",
        "1.11": "2019-09-03", "1.12": "2020-02-25", "1.13": "2020-08-11", "1.14": "2021-02-16", "1.15": "2021-08-16",
        "1.16": "2022-03-15", "1.17": "2022-08-02", "1.18": "2023-02-01", "1.19": "2023-08-08", "1.20": "2024-02-06",
        "1.21": "2024-08-13", "1.22": "2025-02-11", "1.23": "2025-08-12", "1.24": "2026-02-10", "1.25": "2026-08-19",
    }, f"a version ends with the release of the next but one; {_DATES}/go.md; to 1.9 https://www.bwangel.me/2022/05/14/go-release/"),
    "jdk": Line("JDK", r"(?:oracle|open)jdk-?(?P<version>\d+)$", {
        "6": "2018-12-31", "7": "2022-07-19", "9": "2018-03-20", "10": "2018-09-25", "12": "2019-09-17",
        "13": "2020-03-17", "14": "2020-09-16", "15": "2021-03-16", "16": "2021-09-14", "18": "2022-09-20",
        "19": "2023-03-21", "20": "2023-09-19", "22": "2024-09-17", "23": "2025-03-18", "24": "2025-09-16",
    }, f"{_DATES}/oracle-jdk.md, for 7 with extended support"),
}
# fmt: on
"""By the key that names versions. Versions with years of paid support, such as JDK 8, are left out."""


def ended(key: str, value: str, as_of: str) -> tuple[str, str] | None:
    """Return name with version and the last day of what a value such as `6.1` names; None if it is not over or unknown."""
    line = LINES[key]
    found = match(line.pattern, value)
    day = line.ends.get(found["version"]) if found is not None else None
    return (f"{line.name} {found['version']}", day) if found is not None and day is not None and day < as_of else None
