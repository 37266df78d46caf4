"""Our evaluator of workflows against GitHub's own expression engine: rows, order, tolerated failures, deployments."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.migrate.checkers import node
from tests.migrate.sampling import recorded
from travistool.migrate.github.evaluate import evaluator, github_context
from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target
from travistool.migrate.verify import Found, sample_events
from travistool.plan.model import Event

pytestmark = pytest.mark.migrate

_FILES = 500
_DEPLOYS = re.compile(r"Deploy with (.+)\Z")


Evaluators = dict[Path, Callable[[Event], tuple[Found, ...]]]


@pytest.fixture(scope="module")
def evaluators(tmp_path_factory: pytest.TempPathFactory) -> Evaluators:
    """Return our evaluators by the files of workflows: at least 500, half of them those with most conditions."""
    folder = tmp_path_factory.mktemp("workflows")
    github = target("github")
    assert github is not None
    every = [migrate(one.normal, github).files for one in recorded(True)]
    made = sorted((files[0].text for files in every if files), key=lambda text: -len(re.findall(r"\bif: ", text)))
    found: Evaluators = {}
    for number, text in enumerate(made[: _FILES // 2] + made[_FILES // 2 :: max(1, len(made) // (_FILES // 2))]):
        path = folder / f"{number:05}.yml"
        path.write_text(text, encoding="utf-8")
        found[path] = evaluator(text)
    return found


@pytest.mark.parametrize("event", [event for _, event in sample_events()], ids=[title for title, _ in sample_events()])
def test_same_answers(event: Event, evaluators: Evaluators, tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(_as_theirs(event)))
    said = node("gha_eval.mjs", str(file), *map(str, evaluators), package="@actions/expressions")
    assert len(evaluators) >= _FILES
    different = {}
    for theirs in json.loads(said)["workflows"]:
        ours = sorted(
            (row.title, row.tolerated, sorted(set(row.before)), [name for name, _ in row.deployments])
            for row in evaluators[Path(theirs["file"])](event)
        )
        if ours != _rows(theirs):
            different[theirs["file"]] = (ours, _rows(theirs))
    assert different == {}


def _as_theirs(event: Event) -> dict[str, Any]:
    context = github_context(event)
    kind = "tags" if event.tag else "heads"
    return {
        "event_name": context["event_name"],
        "ref": f"refs/{kind}/{event.tag or event.branch}",
        "base_ref": context["base_ref"],
        "head_ref": context["head_ref"],
        "repository": context["repository"],
        "commit_message": event.commit_message,
        "head_repo": event.head_repo if event.head_repo != event.repo else None,
        "sender": event.sender,
        "fork": bool(event.fork),
        "default_branch": event.default_branch,
    }


def _rows(theirs: dict[str, Any]) -> list[tuple[str, bool, list[str], list[str]]]:
    assert "error" not in theirs
    found = []
    for row in theirs["jobs"]:
        assert "error" not in row, row
        if row.get("skipped") or row["job"] in ("gate", "notifications"):
            continue
        steps = [step for step in row["steps"] if step.get("runs") and _DEPLOYS.match(step.get("name") or "")]
        deploys = [step["name"].removeprefix("Deploy with ") for step in steps]
        found.append((row["name"], row["continue_on_error"], sorted(row["ancestors"]), deploys))
    return sorted(found)
