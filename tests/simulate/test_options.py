"""Encrypted options of deployments: where dpl looks for them, and who gets their values."""

import pytest

from tests.plan.plans import plan
from travistool.plan.model import Event
from travistool.simulate.script import options
from travistool.simulate.script.deploy import providers
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.options import Secret

CONFIG = """
language: shell
deploy:
  - {provider: script, script: {secure: A}}
  - {provider: s3, access_key_id: {secure: B}, bucket: plain, secret_access_key: {secure: C}}
  - {provider: lambda, environment: [A=1, {secure: D}, {secure: E}]}
"""
KEYS = (
    Secret(1, "s3", "access_key_id", "B"),
    Secret(1, "s3", "secret_access_key", "C"),
    Secret(2, "lambda", "environment", "D", 1),
    Secret(2, "lambda", "environment", "E", 2),
)


def test_what_is_encrypted() -> None:
    assert options.secrets_of(plan(CONFIG).jobs[0]) == KEYS
    assert [one.name for one in KEYS] == ["access_key_id", "secret_access_key", "environment", "environment_2"]


@pytest.mark.parametrize(
    ("provider", "assignment"),
    [
        ("heroku", "HEROKU_API_KEY=_job_deploy_0_api_key"),
        ("azure_web_apps", "AZURE_WA_API_KEY=_job_deploy_0_api_key"),
    ],
)
def test_where_dpl_looks(provider: str, assignment: str) -> None:
    assert Secret(0, provider, "api_key", "X").assignment == assignment


def test_the_table_names_providers_that_exist() -> None:
    assert set(options._PREFIXES) - providers() == set()


@pytest.mark.parametrize(
    ("means", "event", "known"),
    [
        pytest.param(Means(deploy="all"), Event(), {KEYS[0]: "b"}, id="really"),
        pytest.param(Means(deploy="script"), Event(), {}, id="only scripts"),
        pytest.param(
            Means(deploy="all"),
            Event(type="pull_request", repo="a/b", head_repo="c/b"),
            {},
            id="pull request of a fork",
        ),
    ],
)
def test_values_are_there_where_they_are_needed(means: Means, event: Event, known: dict[Secret, str]) -> None:
    build = Build(event=event, repo="a/b", secrets={"A": "a", "B": "b"})
    assert options.known(plan(CONFIG).jobs[0], build, means) == known


def test_assignments_are_shell_text() -> None:
    assert options.assignments({KEYS[0]: "it's $X"}) == "_job_deploy_1_access_key_id='it'\"'\"'s $X'\n"


def test_options_may_have_a_value_for_each_branch() -> None:
    config = "language: shell\ndeploy: {provider: heroku, app: {main: one, dev: two}, api_key: {main: {secure: A}, dev: {secure: B}}}"
    job = plan(config).jobs[0]
    (entry,) = options.entries_of(job)
    assert options.of_branch(entry, "dev")["app"] == "two"
    assert options.of_branch(entry, "other")["app"] is None
    build = Build(event=Event(type="push", branch="dev"), repo="a/b", secrets={"A": "a", "B": "b"})
    assert list(options.known(job, build, Means(deploy="all")).values()) == ["b"]
