"""The calls that the official test suites made: matrix, stages, notifications, tolerances, order, merging, references."""

from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.document.merge import Part, merge
from travistool.document.values import Value
from travistool.grammar.reference import ImportReferenceError, parse
from travistool.plan.allow import with_tolerances
from travistool.plan.axes import axes
from travistool.plan.matrix import matrix
from travistool.plan.notifications import notifications
from travistool.plan.order import ordered
from travistool.plan.planning import Draft, Planning
from travistool.plan.stages import StageDraft, with_stages
from travistool.schema.elements import build
from travistool.source import Source

pytestmark = pytest.mark.parity

_SOURCE = Source("vector", "")


def test_matrix() -> None:
    tally = Tally("plan: matrix")
    for row in rows("vectors/matrix.jsonl.gz"):
        given = row["input"]
        planning = _planning(given["config"], given["data"])
        jobs = [draft.config for draft in matrix(planning)]
        ours = [jobs, _messages(planning), list(axes(planning))]
        theirs = row["output"]
        tally.add(_label(row), "", ours, [theirs["jobs"], messages(theirs["msgs"]), theirs["axes"]])
    tally.check()


@pytest.mark.parametrize("function", ["stages", "filter", "allow_failures", "reorder", "merge", "ref"])
def test_configs(function: str) -> None:
    tally = Tally(f"plan: {function}")
    for row in rows("vectors/configs.jsonl.gz"):
        if row["fn"] == function:
            ours, theirs = _CALLS[function](row["input"], row.get("output"))
            tally.add(_label(row), "", ours, theirs)
    tally.check()


def _stages(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    planning = _planning(given["config"], given["data"])
    stages, jobs = with_stages(planning, _drafts(given["jobs"]))
    ours = [[stage.config for stage in stages], [draft.config for draft in jobs], _messages(planning)]
    return ours, [*output["result"], messages(output["msgs"])]


def _filter(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    planning = _planning(given["config"], given["data"])
    left = {**planning.config, "notifications": notifications(planning)}
    ours = [{key: value for key, value in left.items() if value is not None}, given["jobs"], _messages(planning)]
    return ours, [output["config"], output["jobs"], messages(output["msgs"])]


def _tolerances(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    planning = _planning(given["config"], given["data"])
    jobs = [draft.config for draft in with_tolerances(planning, _drafts(given["jobs"]))]
    return [jobs, _messages(planning)], [output["result"], messages(output["msgs"])]


def _reorder(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    jobs = ordered([StageDraft(stage) for stage in given["stages"]], _drafts(given["jobs"]))
    return [draft.config for draft in jobs], output["result"]


def _merge(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    left, right = (_tagged(given[side], given[f"{side}_modes"]) for side in ("lft", "rgt"))
    mine, theirs = (_modes_of_root(given[f"{side}_modes"]) for side in ("lft", "rgt"))
    parts = [Part(left, takes=mine.get("rgt")), Part(right, mode=_first(theirs.get("lft")))]
    return merge(parts).plain(), output


def _modes_of_root(modes: list[Any]) -> dict[str, Any]:
    return next((found for path, found in modes if not path), {})


def _reference(given: dict[str, Any], output: Any) -> tuple[Any, Any]:
    options = given["opts"] or {}
    try:
        found = parse(given["str"] or "", options.get("repo"), options.get("ref"), options.get("path"))
    except ImportReferenceError:
        return "error", "error" if output is None else output
    return list(found), output["parts"] if output else "error"


_CALLS = {
    "stages": _stages,
    "filter": _filter,
    "allow_failures": _tolerances,
    "reorder": _reorder,
    "merge": _merge,
    "ref": _reference,
}


def _first(mode: Any) -> Any:
    while isinstance(mode, list):
        mode = mode[0] if mode else None
    return mode.replace("-", "_") if isinstance(mode, str) else mode


def _planning(config: Any, data: Any) -> Planning:
    return Planning(build(_value(config), []), data)


def _drafts(jobs: list[Any]) -> list[Draft]:
    return [Draft(job, {}) for job in jobs]


def _messages(planning: Planning) -> list[str]:
    return messages((one.level, one.key, one.code, one.args) for one in planning.messages)


def _value(plain: Any) -> Value:
    if isinstance(plain, dict):
        return Value({key: _value(item) for key, item in plain.items()}, _SOURCE)
    if isinstance(plain, list):
        return Value([_value(item) for item in plain], _SOURCE)
    return Value(plain, _SOURCE)


def _tagged(plain: Any, modes: list[Any]) -> Value:
    value = _value(plain)
    for path, given in modes:
        place = value
        for key in path:
            assert isinstance(place.data, dict | list)
            place = place.data[key]
        if path and given.get("rgt"):
            place.mode = _first(given["rgt"])
    return value


def _label(row: dict[str, Any]) -> str:
    return f"{row['fn']} {row['input']}"[:1500]
