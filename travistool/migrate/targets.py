"""All targets, by name: the one table that knows them."""

from __future__ import annotations

from travistool.migrate.azure.pipeline import TARGET as AZURE
from travistool.migrate.bitbucket.pipeline import TARGET as BITBUCKET
from travistool.migrate.buildkite.pipeline import TARGET as BUILDKITE
from travistool.migrate.circleci.config import TARGET as CIRCLECI
from travistool.migrate.github.workflow import TARGET as GITHUB
from travistool.migrate.gitlab.pipeline import TARGET as GITLAB
from travistool.migrate.jenkins.pipeline import TARGET as JENKINS
from travistool.migrate.target import Target
from travistool.migrate.woodpecker.workflow import TARGET as WOODPECKER

TARGETS: tuple[Target, ...] = (GITHUB, GITLAB, CIRCLECI, AZURE, BUILDKITE, BITBUCKET, WOODPECKER, JENKINS)


def target(name: str) -> Target | None:
    """Return a target by its name; None when there is none."""
    return next((one for one in TARGETS if one.name == name), None)
