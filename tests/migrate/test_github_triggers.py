"""What starts a workflow: no build is lost, none comes twice."""

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.target import together
from travistool.migrate.targets import target
from travistool.migrate.verify import verify


@pytest.mark.parametrize(
    ("branches", "scheduled"),
    [
        ("{only: [master]}", True),
        ("{only: [main, master]}", True),
        ("{only: [main, next]}", False),
        ("{only: [/^ma/]}", True),
        ("{only: [next]}", False),
        ("{except: [next]}", True),
        ("{except: [next, master]}", False),
        ("{except: [/^ma/]}", False),
    ],
)
def test_cron_builds_are_of_the_default_branch(branches: str, scheduled: bool) -> None:
    config = normal(f"script: make\nbranches: {branches}\n")
    github = target("github")
    assert github is not None
    assert github.evaluator is not None
    text = together(migrate(config, github).files)
    assert ("schedule:" in text) == scheduled
    assert [found for one in verify(config, github.evaluator(text)) for found in one.differences] == []
