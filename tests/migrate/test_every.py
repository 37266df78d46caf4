"""All jobs that any event can bring: conditions that nobody can write down are tasks."""

import pytest

from tests.plan.plans import normal
from travistool.migrate.every import every
from travistool.migrate.tasks import Tasks


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        pytest.param('concat(branch, "x") = env(X)', "concat() of what only the event knows", id="a function"),
        pytest.param("commit_message =~ env(X)", "a pattern that only the event knows", id="a pattern"),
    ],
)
def test_what_only_the_event_knows_is_a_task(condition: str, why: str) -> None:
    tasks = Tasks()
    every(normal(f"language: shell\njobs: {{include: [{{script: a}}, {{script: b, if: '{condition}'}}]}}"), tasks)
    (task,) = tasks.all()
    assert (task.kind, task.reason) == ("condition", f"the condition '{condition}': {why}")
    assert task.do == "write the condition by hand where the job is defined"
    assert task.changes_rows
    assert task.place is not None
    assert task.place.text == f"'{condition}'"
