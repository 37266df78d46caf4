"""GitLab's pipeline: what no case of `fixtures/migrate` has."""

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target


def test_jobs_without_a_stage_are_in_that_of_tests_wherever_it_stands() -> None:
    config = """
language: shell
stages: [build, Test]
script: x
env: [A=1, A=2]
jobs: {include: [{stage: build, name: made, script: y}]}
"""
    gitlab = target("gitlab")
    assert gitlab is not None
    text = migrate(normal(config), gitlab).files[0].text
    assert "\nstages: [build, Test]\n" in text
    assert text.count("  stage: build\n") == 1
    assert text.partition("\nmade:\n")[2].startswith("  stage: build\n")
    assert "  stage: Test\n" in text
