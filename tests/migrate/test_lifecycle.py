"""Recorded jobs of the official implementation, migrated and run: what they say, in order, and whether they pass."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.migrate import on_github, on_others
from tests.migrate.cases import Outcome, Place
from tests.parity.oracle import folder, rows
from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target
from travistool.plan.model import Event

pytestmark = [pytest.mark.migrate, pytest.mark.parity]

_MACHINE = frozenset(("git", "services", "addons"))
"""Categories that are about the machine, which a migrated file asks its system for."""

_DEVIATIONS = {
    "cwd_is_build_dir": "the folder of the job has another name",
    "default_env_push": "names and numbers of builds are those of the system, and PAGER is nobody's business",
    "default_env_pull_request": "the same",
    "env_secure_vars_flag_false": "nobody knows whether the settings have secrets, so only forks are told so",
    "deploy_runtime_node_env_set": "variables for versions of a language are those of the job's own language",
    "declare_is_function_local": "commands stand in no function unless they say what only functions may",
    "variable_named_cmd_clobbered": "an artefact of the official helper functions",
    "env_name_colliding_with_helper_locals_is_lost": "the same",
    "dollar_question_is_reset": "the same",
    "set_u_in_script": "the same: they do not bear 'set -u'",
    "test_result_between_script_commands": "the result is 0 from the start, not empty",
    "user_sets_test_result_in_before_script": "the same",
}
"""Where all targets differ from Travis, and why."""

_ON_GITHUB = {
    "before_cache_clears_result": "the result is that of the script; later changes do not count",
    "travis_result_by_user": "the same",
    "set_e_after_success_fails": "options of the shell do not reach the phases behind the script",
    "set_e_before_cache_fails": "the same",
}
"""Where GitHub's steps differ as well."""


def _is_comparable(row: dict[str, Any]) -> bool:
    """Tell whether a row is about commands: not about the machine, secrets of the service, or its own tool for deployments."""
    config = row["config"]
    deploys = config.get("deploy") or []
    providers = {one.get("provider") for one in (deploys if isinstance(deploys, list) else [deploys])}
    return (
        row.get("level") != "payload"
        and row["category"] not in _MACHINE
        and not row.get("decrypted")
        and not row.get("settings_env")
        and providers <= {"script"}
    )


@pytest.fixture(scope="module")
def fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the repositories that the recordings were made with."""
    place = tmp_path_factory.mktemp("fixture")
    subprocess.run(["bash", str(folder() / "lifecycle_fixture.sh"), str(place)], check=True, capture_output=True)
    return place


def _prepare(row: dict[str, Any], fixture: Path, scratch: Path) -> Place:
    place = Place(scratch / "widget", scratch / "stubs", scratch)
    place.stubs.mkdir()
    git = row["git"]
    ref = f"refs/pull/{git['pull_request']}/merge" if git["event"] == "pull_request" else git["tag"] or git["branch"]
    origin = str(fixture / "acme" / "widget.git")
    for call in (["init", "-q", str(place.repository)], ["-C", str(place.repository), "fetch", "-q", origin, ref]):
        subprocess.run(["git", *call], check=True, capture_output=True, env=place.environment())
    # Jobs fetch the branch that all cases have.
    checkout = ["git", "-C", str(place.repository), "checkout", "-q", "-B", "master", "FETCH_HEAD"]
    subprocess.run(checkout, check=True, capture_output=True, env=place.environment())
    return place


def _event(row: dict[str, Any]) -> Event:
    git = row["git"]
    is_pull = git["event"] == "pull_request"
    return Event(
        type=git["event"],
        branch=git["tag"] or git["branch"],
        tag=git["tag"],
        repo=git["slug"],
        head_branch="pr" if is_pull else None,
        head_repo=(git["slug"] if git.get("same_repo") else "fork/widget") if is_pull else None,
        commit_message="a commit message",
        default_branch=git["default_branch"],
    )


def _found(name: str, row: dict[str, Any], place: Place) -> Outcome | None:
    chosen = target(name)
    assert chosen is not None
    files = migrate(normal(json.dumps(row["config"])), chosen).files
    if name == "github":
        return on_github.run(files[0].text, place, _event(row), {})
    return on_others.run(name, files, place, _event(row), {})


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_recorded_jobs(name: str, fixture: Path, tmp_path: Path) -> None:
    different = {}
    chosen = [row for row in rows("lifecycle_vectors.jsonl.gz") if _is_comparable(row)]
    for number, row in enumerate(chosen):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        outcome = _found(name, row, _prepare(row, fixture, scratch))
        assert outcome is not None
        (ran,) = outcome.jobs.values()
        wanted = ["passed" if row["expect"]["exit"] == 0 else "failed", *row["expect"]["order"]]
        if [ran.state, *ran.marks] != wanted:
            different[row["name"]] = (wanted, [ran.state, *ran.marks])
    assert len(chosen) >= 120
    known = set(_DEVIATIONS) | (set(_ON_GITHUB) if name == "github" else set())
    assert {key: value for key, value in different.items() if key not in known} == {}
    assert known - set(different) == set(), "these no longer differ"
