"""What `travistool expand --format jsonl` prints, for all recorded configs in one call, and for six more events."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.cli.event_options import EventOptions
from travistool.cli.expand import Wanted, run
from travistool.cli.planning import Planner
from travistool.report.layout import Style

pytestmark = pytest.mark.parity

_OPTIONS = EventOptions(event="push", repo="acme/demo", branch="master", sender="dev", message="Update")
_SAMPLE = 5


def printed(paths: list[Path], options: EventOptions, output: Path, *, every: bool = False) -> list[dict[str, Any]]:
    """Return the objects that one call prints."""
    run(tuple(map(str, paths)), Planner(options), Wanted("plan", "jsonl", "", every, str(output), Style()))
    with output.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write(folder: Path, texts: list[str]) -> list[Path]:
    paths = [folder / f"{number}.yml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode())
    return paths


def ours(found: dict[str, Any]) -> dict[str, Any]:
    if "error" in found:
        return found
    data = {
        "jobs": [job["config"] for job in found["jobs"]],
        "stages": found["stages"],
        "notifications": found["notifications"],
        "messages": messages(found["messages"]),
    }
    return {**data, **({"matrix": found["matrix"]} if "matrix" in found else {})}


def theirs(row: dict[str, Any]) -> dict[str, Any]:
    data = {
        "jobs": row["final_jobs"],
        "stages": row["stages"],
        "notifications": row["notifications"],
        "messages": messages([*row["matrix_msgs"], *row["configs_msgs"]]),
    }
    return {**data, **({"matrix": row["jobs"]} if "jobs" in row else {})}


def test_all_configs_in_one_call(tmp_path: Path) -> None:
    recorded = rows("configs.jsonl.gz")
    paths = write(tmp_path, [row["yaml"] for row in recorded])
    found = printed(paths, _OPTIONS, tmp_path / "out.jsonl", every=True)
    tally = Tally("expand: configs")
    for row, path, one in zip(recorded, paths, found, strict=True):
        assert one["path"] == str(path)
        tally.add(row["path"], row["yaml"], ours(one), theirs(row))
        for job in one.get("jobs", ()):
            check_job(job)
    tally.check()


def check_job(job: dict[str, Any]) -> None:
    """What stands beside the config agrees with it."""
    config = job["config"]
    assert job["name"] == config.get("name") or not isinstance(config.get("name"), str)
    assert job["allow_failure"] is (config.get("allow_failure") not in (None, False))
    assert job["origin"].keys() == config.keys()


def test_six_events(tmp_path: Path) -> None:
    texts = {row["path"]: row["yaml"] for row in rows("configs.jsonl.gz")}
    by_event = defaultdict(list)
    for row in rows("events.jsonl.gz"):
        by_event[row["event"], json.dumps(row["data"], sort_keys=True)].append(row)
    assert len({event for event, _ in by_event}) == 6
    tally = Tally("expand: events")
    for (event, data), recorded in by_event.items():
        sample = recorded[::_SAMPLE]
        folder = tmp_path / f"{event}{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        paths = write(folder, [texts[row["path"]] for row in sample])
        found = printed(paths, _OPTIONS._replace(data=data), folder / "out.jsonl")
        for row, one in zip(sample, found, strict=True):
            tally.add(f"{row['path']} {event}", texts[row["path"]], ours(one), theirs(row))
    tally.check()


def test_options_make_the_same_events_as_data(tmp_path: Path) -> None:
    """The recorded events, asked for by options, give the same plans as by their attributes."""
    base = EventOptions(repo="acme/demo", sender="dev", message="Update")
    options = {
        "push_other": base._replace(event="push", branch="feature/x"),
        "pull_request": base._replace(event="pull_request", branch="master", head_branch="feature/x"),
        "fork_pull_request": base._replace(
            event="pull_request",
            branch="master",
            head_branch="patch-1",
            head_repo="someone/demo",
            fork=True,
            sender="someone",
        ),
        "tag": base._replace(event="tag", tag="v1.2.3", message="Release 1.2.3"),
        "cron": base._replace(event="cron", branch="master"),
        "api": base._replace(event="api", branch="master"),
    }
    for row in rows("events.jsonl.gz")[:60]:
        data = Planner(options[row["event"]]).event(None).data()
        expected = {"sender": "dev", "fork": False, "repo": "acme/demo", **row["data"]}
        assert data == expected, row["event"]
    assert tmp_path.is_dir()
