"""A whole job as one script, run by Bash."""

import subprocess

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.migrate.whole import whole_text

_PATH = {"PATH": "/usr/bin:/bin", "TRAVIS_BRANCH": "master", "TRAVIS_EVENT_TYPE": "push"}


def _run(config: str) -> tuple[int, list[str]]:
    prepared = prepare(normal(config))
    (row,) = prepared.build.rows
    tasks = prepared.tasks
    ran = subprocess.run(["bash", "-c", whole_text(row, tasks)], env=_PATH, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout.split()


@pytest.mark.parametrize("more", ["", "before_script: set -e\n"])
def test_a_deployment_stops_at_the_first_command_that_fails(more: str) -> None:
    config = "language: shell\nscript: gem() { echo $1; [ $1 = push ]; }\nafter_script: echo end\n" + more
    assert _run(f"{config}deploy: {{provider: rubygems, api_key: a}}") == (2, ["build"])


@pytest.mark.parametrize("more", ["", "before_script: set -e\n"])
def test_a_deployment_that_may_fail_stops_nothing_but_itself(more: str) -> None:
    config = "language: shell\nscript: gem() { echo $1; [ $1 = push ]; }\nafter_script: echo end\n" + more
    assert _run(f"{config}deploy: {{provider: rubygems, api_key: a, allow_failure: true}}") == (0, ["build", "end"])


def test_errexit_is_off_while_travis_deploys_and_back_behind_it() -> None:
    config = """
language: shell
before_script: set -e
deploy: [{provider: script, script: echo one}, {provider: script, script: echo two}]
before_deploy: false || true
after_deploy: 'false'
after_script: ['false', echo end]
"""
    assert _run(config) == (1, ["one", "two"])
