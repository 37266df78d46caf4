"""What starts a workflow: no build is lost, none comes twice."""

import pytest

from travistool.migrate.migrate import migrate
from travistool.migrate.target import together
from travistool.migrate.targets import target
from travistool.migrate.verify import verify
from travistool.pipeline import read
from travistool.source import Source


@pytest.mark.parametrize(
    ("branches", "scheduled"),
    [("[master]", True), ("[main, master]", True), ("[main, next]", False), ("[/^ma/]", True), ("[next]", False)],
)
def test_cron_builds_are_of_the_default_branch(branches: str, scheduled: bool) -> None:
    normal = read(Source(".travis.yml", f"script: make\nbranches: {{only: {branches}}}\n")).normal
    github = target("github")
    assert normal is not None
    assert github is not None
    assert github.evaluator is not None
    text = together(migrate(normal, github).files)
    assert ("schedule:" in text) == scheduled
    assert [found for one in verify(normal, github.evaluator(text)) for found in one.differences] == []
