"""Code Quality: the fields that GitLab asks for, and fingerprints that stay and differ."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import finding, linted, report, unreadable
from travistool.diagnostics import Findings

MANY = "sudo: no\nfoo: 1\njobs:\n  include:\n    - os: ubuntu\n    - os: ubuntu\n    - os: ubuntu\n"


def rows(*files: Findings) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report("gitlab", *files))
    return found


def test_fields() -> None:
    (row,) = rows(finding("x\na:\n  b: 1\n", "a", end="1"))
    fingerprint = row.pop("fingerprint")
    assert (len(fingerprint), int(fingerprint, 16) > 0) == (64, True)
    assert row == {
        "description": "wrong",
        "check_name": "edge",
        "severity": "minor",
        "location": {"path": "a.yml", "lines": {"begin": 2, "end": 3}},
    }


def test_severities() -> None:
    found = rows(unreadable(), finding("a\n"), linted("os: ubuntu\n"))
    assert [row["severity"] for row in found] == ["critical", "minor", "info"]
    assert found[0]["location"]["lines"] == {"begin": 1, "end": 1}


def test_nothing_is_an_empty_list() -> None:
    assert report("gitlab", linted("os: linux\n")) == "[]\n"


def test_fingerprints_are_unique() -> None:
    found = rows(linted(MANY), linted(MANY, path="b.yml"))
    assert len(found) == 14
    assert len({row["fingerprint"] for row in found}) == len(found)


def test_fingerprints_stay_when_lines_move() -> None:
    before, after = rows(linted(MANY)), rows(linted(f"# new\n\n{MANY}"))
    assert [row["fingerprint"] for row in before] == [row["fingerprint"] for row in after]
    assert [row["location"] for row in before] != [row["location"] for row in after]


@given(st.lists(st.tuples(st.sampled_from(("a.yml", "b.yml", "\ud800")), st.text(max_size=3)), unique=True, max_size=6))
def test_fingerprints_tell_messages_apart(named: list[tuple[str, str]]) -> None:
    found = rows(*(finding("a\n", path=path, message=message) for path, message in named))
    assert len({row["fingerprint"] for row in found}) == len(named)
