"""How systems fetch a repository: really, from the one of a case, as deep and with as much as a file asks for."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.migrate.cases import REPO, Place

_URL = f"https://git.example.com/{REPO}.git"


class Asked(NamedTuple):
    """What a file asks for. `depth` 0 is all of the history; files of LFS are fetched or left as pointers."""

    clone: bool = True
    depth: int = 0
    submodules: bool = False
    lfs: bool = False


def check_out(place: Place, folder: Path, asked: Asked) -> None:
    """Make the folder of a job."""
    folder.mkdir(parents=True)
    if not asked.clone:
        return
    environment = place.environment() | ({} if asked.lfs else {"GIT_LFS_SKIP_SMUDGE": "1"})
    depth = [f"--depth={asked.depth}"] if asked.depth else []
    origin = "refs/remotes/origin/master"
    calls = [
        ["init", "--quiet", "--initial-branch=none"],
        ["config", "user.name", "dev"],
        ["config", "user.email", "dev@example.com"],
        ["remote", "add", "origin", place.repository.as_uri()],
        ["fetch", "--quiet", "--no-tags", *depth, "origin", f"+refs/heads/master:{origin}"],
        ["symbolic-ref", "refs/remotes/origin/HEAD", origin],
        ["checkout", "--quiet", "-B", "master", origin],
        *([["submodule", "--quiet", "update", "--init", "--recursive"]] if asked.submodules else []),
        ["remote", "set-url", "origin", _URL],
    ]
    for call in calls:
        subprocess.run(["git", *call], cwd=folder, env=environment, check=True)


def on_github(given: Mapping[str, str]) -> Asked:
    """Return what the action `checkout` is asked for."""
    submodules = given.get("submodules", "false") in ("true", "recursive")
    return Asked(True, int(given.get("fetch-depth", "1")), submodules, given.get("lfs") == "true")


def on_gitlab(variables: Mapping[str, str]) -> Asked:
    """Return what the variables of a job ask the runner for."""
    return Asked(
        variables.get("GIT_STRATEGY") != "none",
        int(variables.get("GIT_DEPTH", "20")),
        variables.get("GIT_SUBMODULE_STRATEGY") == "recursive",
        variables.get("GIT_LFS_SKIP_SMUDGE") != "1",
    )


def on_circleci(job: Mapping[str, Any]) -> Asked:
    """Return what the steps of a job ask for: the history is always there, submodules never are."""
    return Asked("checkout" in job["steps"])


def on_azure(job: Mapping[str, Any]) -> Asked:
    """Return what the step `checkout` asks for."""
    (step,) = [step for step in job["steps"] if "checkout" in step]
    is_recursive = step.get("submodules") == "recursive"
    return Asked(step["checkout"] != "none", int(step.get("fetchDepth", "0")), is_recursive, step.get("lfs") == "true")


def on_buildkite(step: Mapping[str, Any]) -> Asked:
    """Return what a step asks the agent for, which fetches all of the history and submodules by itself."""
    given = step.get("checkout", {})
    return Asked(not given.get("skip"), given.get("depth", 0), given.get("submodules", True), lfs=True)


def on_bitbucket(step: Mapping[str, Any]) -> Asked:
    """Return what `clone` asks for."""
    given = step.get("clone", {})
    depth = given.get("depth", 50)
    return Asked(given.get("enabled", True), 0 if depth == "full" else depth, lfs=given.get("lfs", False))


def on_woodpecker(workflow: Mapping[str, Any]) -> Asked:
    """Return what the plugin that clones is asked for."""
    given = workflow.get("clone", {}).get("git", {}).get("settings", {})
    return Asked(
        not workflow.get("skip_clone"), given.get("depth", 1), given.get("recursive", True), given.get("lfs", True)
    )


def on_jenkins(options: tuple[str, ...]) -> Asked:
    """Return what the options of a stage ask for: the history is there, submodules are not."""
    return Asked("skipDefaultCheckout()" not in options)
