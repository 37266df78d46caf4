"""Rows become a matrix that expands to exactly the same rows, by GitHub's rules."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.plan.plans import normal
from travistool.document.plain import load_plain
from travistool.migrate.github.evaluate import combinations
from travistool.migrate.github.matrix import grouped
from travistool.migrate.github.slots import filled, slot
from travistool.migrate.github.workflow import TARGET
from travistool.migrate.migrate import migrate

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
    whose = SimpleNamespace(comments=())
    shapes = [(whose, ("", _shape(number, row))) for number, row in enumerate(rows)]
    (group,) = grouped(shapes)  # type: ignore[arg-type]  # of rows, only the comments are looked at
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


def test_the_order_of_variables_tells_no_rows_apart() -> None:
    """An entry that overrides a variable has it behind the others: that is the same job all the same."""
    text = "script: make\nenv: {global: [A=1, B=1]}\njobs:\n  include:\n  - env: A=2\n  # the other one\n  - env: B=2\n"
    written = migrate(normal(text), TARGET).files[0].text
    data: Any = load_plain(written)
    (one,) = data["jobs"].values()
    assert [(row["A"], row["B"]) for row in one["strategy"]["matrix"]["include"]] == [("2", "1"), ("1", "2")]
    assert "          # the other one\n          - name: B=2\n" in written
