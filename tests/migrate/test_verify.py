"""The comparison of rows: whatever stands in a config, it ends with an answer."""

import pytest

from tests.plan.plans import normal
from travistool.catalog.languages import LANGUAGES
from travistool.migrate.migrate import migrate
from travistool.migrate.target import Target, together
from travistool.migrate.targets import TARGETS
from travistool.migrate.verify import verify

CONDITIONS = (
    "head_repo = repo",
    "NOT head_repo = repo AND type = pull_request",
    "head_repo IS present",
    "repo = acme/demo",
)


@pytest.mark.parametrize("repo", ["", "acme/demo"], ids=["any", "known"])
@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_conditions_hold_for_the_same_events(target: Target, repo: str) -> None:
    """Each of one job, beside a job that always runs. Woodpecker knows nothing of forks, and a task says so."""
    entries = "".join(f"  - {{name: j{number}, script: x, if: {text}}}\n" for number, text in enumerate(CONDITIONS))
    config = normal(f"language: shell\njobs:\n  include:\n  - {{name: always, script: x}}\n{entries}")
    assert target.evaluator is not None
    made = migrate(config, target, repo=repo)
    checked = verify(config, target.evaluator(together(made.files)))
    is_told = any(task.changes_rows for task in made.tasks)
    assert is_told == (target.name == "woodpecker")
    assert is_told or [difference for one in checked for difference in one.differences] == []


@pytest.mark.heavy
@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_every_language_can_be_migrated(target: Target) -> None:
    assert target.evaluator is not None
    for language in LANGUAGES:
        config = normal(f"language: {language}\nscript: make\n")
        checked = verify(config, target.evaluator(together(migrate(config, target).files)))
        assert [one.differences for one in checked] == [()] * len(checked), language


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_patterns_that_only_ruby_reads_stop_nothing(target: Target) -> None:
    config = normal("language: shell\nscript: x\nbranches:\n  except:\n    - /^*-v[0-9]/")
    assert target.evaluator is not None
    checked = verify(config, target.evaluator(together(migrate(config, target).files)))
    assert [one.differences for one in checked] == [()] * len(checked)
