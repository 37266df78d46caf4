"""Conditions against travis-conditions: trees, results, data, and what the official config code accepts."""

from collections import Counter
from typing import Any

import pytest

from tests.parity.oracle import rows
from travistool.grammar import conditions
from travistool.grammar.conditions.accept import accepts
from travistool.grammar.conditions.data import Data
from travistool.grammar.conditions.errors import CRASH, REGEX, SHELL, SYNTAX
from travistool.grammar.conditions.evaluate import evaluate
from travistool.grammar.conditions.syntax import to_sexp

pytestmark = pytest.mark.parity

_COUNTED = ("parse", "eval", "Data#[]", "Data#env")
_KINDS = {
    "Travis::Conditions::ParseError": {SYNTAX, SHELL},
    "Travis::Conditions::ArgumentError": {REGEX},
}


def test_parse_eval_and_data() -> None:
    total: Counter[str] = Counter()
    wrong = []
    for row in rows("vectors/conditions.jsonl.gz"):
        version, _, function = row["fn"].partition(".")
        if function not in _COUNTED:
            continue
        total[row["fn"]] += 1
        if _call(version, function, row["input"]) != row.get("output", "error"):
            wrong.append((row["fn"], row["input"]))
    print(f"conditions: {dict(total)}, {len(wrong)} differ")
    assert total
    assert not wrong


def test_trees_and_results_per_data_set() -> None:
    data_sets, *recorded = rows("vectors/conditions_eval.jsonl.gz")
    total, wrong = 0, []
    for row in recorded:
        if "sexp" in row and to_sexp(conditions.parse(row["str"])) != row["sexp"]:
            wrong.append((row["str"], "tree"))
        for name, expected in row["eval"].items():
            total += 1
            result = _evaluate(row["str"], data_sets["data"][name])
            kinds = _KINDS.get(expected["error"], {CRASH}) if isinstance(expected, dict) else {expected}
            if result not in kinds:
                wrong.append((row["str"], name))
    print(f"conditions_eval: {len(recorded)} conditions, {total} results, {len(wrong)} differ")
    assert recorded
    assert not wrong


def test_accept() -> None:
    recorded = rows("vectors/yml_conditions.jsonl.gz")
    wrong = [
        row["input"]
        for row in recorded
        if accepts(row["input"]["cond"], row["input"]["config"], row["input"]["data"]) != row.get("output", False)
    ]
    print(f"yml_conditions: {len(recorded)} rows, {len(recorded) - len(wrong)} equal")
    assert recorded
    assert not wrong


def _call(version: str, function: str, given: dict[str, Any]) -> Any:
    try:
        match function:
            case "parse":
                return to_sexp(conditions.parse(given["str"], version, given["opts"].get("keys", ())), version)
            case "eval":
                tree = conditions.parse(given["str"], version, tuple(given["data"]))
                return evaluate(tree, Data(given["data"], version), version)
            case "Data#[]":
                return Data(given["data"], version).attribute(*given["args"])
            case _:
                return Data(given["data"], version).env(*given["args"])
    except ValueError:
        return "error"


def _evaluate(text: str, data: dict[str, Any]) -> Any:
    try:
        return evaluate(conditions.parse(text), Data(data))
    except conditions.ConditionError as error:
        return error.kind
