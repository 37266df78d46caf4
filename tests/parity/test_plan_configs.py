"""Real configs: jobs, stages, final jobs, notifications and messages are the official ones, for all recorded events."""

from collections import Counter
from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.pipeline import read
from travistool.plan.expand import expand
from travistool.plan.model import BuildPlan, Event
from travistool.schema.normalize import Normal
from travistool.source import Source

pytestmark = pytest.mark.parity

_EVENT = Event(repo="acme/demo", sender="dev", commit_message="Update")
_FIELDS = ("stages", "final_jobs", "notifications", "matrix_msgs", "configs_msgs")


def test_configs_and_events() -> None:
    """One tally for both: most deviations are of the same few files."""
    texts = {}
    tally = Tally("plan: configs and events")
    for row in rows("configs.jsonl.gz"):
        texts[row["path"]] = row["yaml"]
        plan = expand(_normal(row["path"], row["yaml"]), _EVENT)
        theirs = {"jobs": row["jobs"], **_theirs(row)}
        tally.add(row["path"], row["yaml"], {"jobs": list(plan.matrix), **_ours(plan)}, theirs)
        _check_places(row["path"], plan)
    counts = Counter(configs=len(texts))
    for row in rows("events.jsonl.gz"):
        text = texts[row["path"]]
        plan = expand(_normal(row["path"], text), _EVENT._replace(extra=row["data"]))
        tally.add(f"{row['path']} {row['event']}", text, _ours(plan), _theirs(row))
        counts[row["event"]] += 1
    print(dict(counts))
    tally.check()


def _normal(path: str, text: str) -> Normal:
    normal = read(Source(path, text)).normal
    assert normal is not None, path
    return normal


def _ours(plan: BuildPlan) -> dict[str, Any]:
    return {
        "stages": [stage.config for stage in plan.stages],
        "final_jobs": [job.config for job in plan.jobs],
        "notifications": plan.notifications,
        "matrix_msgs": messages((one.level, one.key, one.code, one.args) for one in plan.matrix_messages),
        "configs_msgs": messages((one.level, one.key, one.code, one.args) for one in plan.messages),
    }


def _theirs(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in _FIELDS}
    return {**found, "matrix_msgs": messages(row["matrix_msgs"]), "configs_msgs": messages(row["configs_msgs"])}


def _check_places(path: str, plan: BuildPlan) -> None:
    """Every job knows where each of its values is from, and every message where it is about."""
    for job in plan.jobs:
        assert job.config.keys() <= job.origins.keys(), (path, job.number, job.config.keys() - job.origins.keys())
        env = job.config.get("env")
        assert len(job.env_origins) == (len(env) if isinstance(env, list) else 0), (path, job.number)
        for key, origin in job.origins.items():
            assert origin.kind == "default" or origin.span is not None, (path, job.number, key)
    for message in (*plan.matrix_messages, *plan.messages):
        assert message.span.start < message.span.end, (path, message)
