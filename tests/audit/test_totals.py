"""Sums, and the forms that machines read."""

import csv
import io
import json

from tests.audit.samples import CONFIGS, row
from travistool.audit.formats import COLUMNS, as_csv, as_json, as_lines
from travistool.audit.row import Terms, lost, unreadable
from travistool.audit.totals import Totals

NAMES = ("github", "circleci")
ROWS = [
    *(row(text, *NAMES, verify=True) for text in CONFIGS.values()),
    unreadable("gone/.travis.yml", "cannot read the file", Terms(NAMES)),
    lost("-=1/.travis.yml", "took longer than 120 seconds", Terms(NAMES)),
]


def totals() -> Totals:
    made = Totals(NAMES)
    for one in ROWS:
        made.add(one)
    return made


def test_sums() -> None:
    found = totals().record()
    assert (found["files"], found["unreadable"], found["expandable"]) == (len(ROWS), 2, 5)
    assert found["jobs"] == sum(one["plan"]["jobs"] for one in ROWS if one["plan"])
    assert found["findings"]["errors"] == sum(one["lint"]["errors"] for one in ROWS if one["lint"])
    assert found["files_with_stages"] == 1
    assert found["languages"] == {"python": 1, "go": 1, "ruby": 3}
    assert found["services"] == {"redis": 1, "docker": 1, "other": 1}
    assert found["crashes"] == {"process: took longer than 120 seconds": 1}
    assert found["problems"]["no job is left"] == 1
    assert [text for text in found["problems"] if text.startswith("line ")] == []
    assert len(found["stops"]) == 1
    (github, circleci) = found["targets"]
    assert github["states"] == {"ready": 0, "values": 3, "work": 1, "stopped": 6, "crashed": 1}
    assert sum(circleci["states"].values()) == len(ROWS)
    assert github["files_with_tasks"]["setting"] == github["compared"] == github["equal"] == 4
    assert circleci["tasks"]["trigger"] >= 4


def test_whole_only_if_all_can_be_migrated() -> None:
    made = Totals(("github",))
    assert made.is_whole
    made.add(row(CONFIGS["simple"], "github"))
    assert made.is_whole
    made.add(row(CONFIGS["both"], "github"))
    assert not made.is_whole


def test_many_different_texts_take_no_more_memory() -> None:
    made = Totals(())
    for number in range(3000):
        made.add(unreadable("a", f"reason {number}", Terms()))
    assert len(made.problems) == 1001
    assert made.problems["other"] == 2000


def test_json() -> None:
    found = json.loads("".join(as_json(totals(), ROWS)))
    assert found["repositories"] == ROWS
    assert found["totals"] == totals().record()
    assert json.loads("".join(as_json(Totals(()), [])))["repositories"] == []


def test_json_lines() -> None:
    lines = "".join(as_lines(totals(), ROWS)).splitlines()
    assert [json.loads(line) for line in lines] == ROWS


def test_csv() -> None:
    lines = list(csv.DictReader(io.StringIO("".join(as_csv(totals(), ROWS)))))
    assert [(one["target"]) for one in lines] == list(NAMES) * len(ROWS)
    assert set(lines[0]) == set(COLUMNS)
    first = lines[4]
    assert first | {"path": ""} == dict.fromkeys(COLUMNS, "0") | {
        "path": "",
        "target": "github",
        "state": "values",
        "why": "",
        "equal": "yes",
        "jobs": "1",
        "languages": "ruby",
        "os": "linux",
        "services": "docker redis",
        "providers": "",
        "warnings": "1",
        "tasks": "2",
        "secret_tasks": "1",
        "setting_tasks": "1",
    }
    assert lines[-1]["path"] == "./-=1/.travis.yml"


def test_csv_without_targets() -> None:
    lines = list(csv.DictReader(io.StringIO("".join(as_csv(Totals(()), [row(CONFIGS["none"])])))))
    assert [(one["target"], one["why"]) for one in lines] == [("", "no job is left")]
