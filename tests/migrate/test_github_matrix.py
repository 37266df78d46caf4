"""Rows become a matrix that expands to exactly the same rows, by GitHub's rules."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from travistool.migrate.github.evaluate import combinations
from travistool.migrate.github.matrix import grouped
from travistool.migrate.github.slots import filled, slot

VALUES = st.sampled_from(("1", "2", "3"))
ROWS = st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES, "c": VALUES}), min_size=1, max_size=9)


def _shape(number: int, row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": slot("name", f"row {number}"),
        "runs-on": "x",
        "env": {key: slot(key, row[key]) for key in sorted(row)},
    }


@given(ROWS)
def test_the_same_rows(rows: list[dict[str, str]]) -> None:
    shapes = [(None, ("", _shape(number, row))) for number, row in enumerate(rows)]
    (group,) = grouped(shapes)  # type: ignore[arg-type]  # rows are handed through
    _, job = group.key
    found = []
    for combination in combinations((job.get("strategy") or {}).get("matrix")):
        env = {}
        for key, text in job["env"].items():
            name = text.removeprefix("${{ matrix.").removesuffix(" }}")
            env[key] = combination[name] if text.startswith("${{") else text
        found.append(env)
    assert found == rows


def test_include_is_merged_as_github_does() -> None:
    matrix = {"a": ["1", "2"], "include": [{"a": "1", "x": "y"}, {"a": "3"}]}
    assert combinations(matrix) == [{"a": "1", "x": "y"}, {"a": "2"}, {"a": "3"}]


def test_slots_are_filled() -> None:
    data = {"image": f"python:{slot('python', '3.8')}"}
    assert filled(data, frozenset()) == {"image": "python:3.8"}
    assert filled(data, frozenset(("python",))) == {"image": "python:${{ matrix.python }}"}
