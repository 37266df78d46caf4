"""Deployments as shell commands, for any target: a module of `deploy` for each provider, Travis's own tool for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from travistool.catalog.settings import as_text
from travistool.migrate.deploy import (
    awslambda,
    azure_web_apps,
    boxfuse,
    cargo,
    cloud66,
    cloudformation,
    cloudfoundry,
    codedeploy,
    dpl,
    ecr,
    elasticbeanstalk,
    engineyard,
    firebase,
    gae,
    gcs,
    git_push,
    hackage,
    heroku,
    launchpad,
    netlify,
    npm,
    nuget,
    openshift,
    packagecloud,
    pages,
    puppetforge,
    pypi,
    releases,
    rubygems,
    s3,
    script,
    snap,
    surge,
    testfairy,
)
from travistool.migrate.deploy.options import Options
from travistool.migrate.model import Deployment, Row
from travistool.migrate.tasks import Tasks

NATIVE: Mapping[str, Callable[[Options], list[str]]] = {
    "anynines": cloudfoundry.commands,
    "azure_web_apps": azure_web_apps.commands,
    "boxfuse": boxfuse.commands,
    "cargo": cargo.commands,
    "cloud66": cloud66.commands,
    "cloudformation": cloudformation.commands,
    "cloudfoundry": cloudfoundry.commands,
    "codedeploy": codedeploy.commands,
    "ecr": ecr.commands,
    "elasticbeanstalk": elasticbeanstalk.commands,
    "engineyard": engineyard.commands,
    "firebase": firebase.commands,
    "gae": gae.commands,
    "gcs": gcs.commands,
    "git_push": git_push.commands,
    "hackage": hackage.commands,
    "heroku": heroku.commands,
    "lambda": awslambda.commands,
    "launchpad": launchpad.commands,
    "netlify": netlify.commands,
    "npm": npm.commands,
    "nuget": nuget.commands,
    "openshift": openshift.commands,
    "packagecloud": packagecloud.commands,
    "pages": pages.commands,
    "puppetforge": puppetforge.commands,
    "pypi": pypi.commands,
    "releases": releases.commands,
    "rubygems": rubygems.commands,
    "s3": s3.commands,
    "script": script.commands,
    "snap": snap.commands,
    "surge": surge.commands,
    "testfairy": testfairy.commands,
}
"""What each provider comes to, without Travis's tool."""

DEAD = frozenset(
    (
        *("appfog", "atlas", "bintray", "bitballoon", "bluemixcloudfoundry", "catalyze", "cloudcontrol"),
        *("deis", "divshot", "dotcloud", "exoscale", "hipchat", "modulus", "ninefold", "nodejitsu"),
        *("opsworks",),
    )
)
"""Services that no longer exist."""

OF_REPOSITORY = frozenset(("releases", "pages", "git_push"))
"""Providers that write to the repository itself, unless `repo` names another one."""

__all__ = ("DEAD", "NATIVE", "OF_REPOSITORY", "Commands", "commands")


class Commands(NamedTuple):
    """What a deployment runs. `secrets` are variables that hold secrets. `has_own`: the only one is the workflow's own."""

    commands: tuple[str, ...]
    secrets: tuple[str, ...] = ()
    has_own: bool = False


def commands(deployment: Deployment, tasks: Tasks, row: Row, *, own_token: bool = False, bare: bool = True) -> Commands:
    """Return the commands of a deployment of a row. What is dead or only roughly the same becomes a task.

    With `own_token` what goes to the repository itself takes GITHUB_TOKEN, whatever credential the config names. `bare`
    says that the job runs in an image, which may have no clients.
    """
    provider = deployment.provider
    if not provider:
        reason = "a deployment names no provider, so Travis cannot run it either"
        tasks.add("deployment", reason, "name the provider, or drop it", deployment.place)
        return Commands(())
    if provider in DEAD:
        reason = f"the service behind the provider '{provider}' no longer exists"
        tasks.add("deployment", reason, "deploy to another service", deployment.place)
        return Commands(())
    if provider in OF_REPOSITORY and not own_token and not deployment.options.get("repo"):
        reason = f"the deployment to {provider} goes to GitHub, to a repository with the name that the project has here"
        tasks.add("deployment", reason, "name it by its commands if it has another one", deployment.place)
    options = Options(deployment, tasks, row, own_token=own_token and provider in OF_REPOSITORY, bare=bare)
    if provider not in NATIVE:
        tasks.add(
            "deployment",
            f"'{provider}' is deployed by Travis's own tool, dpl, which needs Ruby",
            "replace it by the service's own client when there is time, and enter its credentials as secrets",
            deployment.place,
        )
    lines = NATIVE.get(provider, dpl.commands)(options)
    _note_left(options)
    return Commands(
        (*_cleaned(options), *options.front, *lines, *_afterwards(options)), tuple(options.secrets), options.has_own
    )


def _note_left(options: Options) -> None:
    """Note options that the commands make no use of."""
    for key in options.left():
        options.tasks.add(
            "deployment",
            f"the option '{key}' of the deployment with '{options.provider}' has no equal",
            "add to the commands by hand what it did, if it is still needed",
            options.deployment.place,
        )


def _cleaned(options: Options) -> list[str]:
    """Return the lines that put away what the job has changed, and bring it back in the end, whatever happens."""
    if not options.is_on("cleanup"):
        return []
    return ["git stash --all", "trap 'git stash pop || true' EXIT"]


def _afterwards(options: Options) -> list[str]:
    """Return what `run` asks for, on this machine. Heroku has a way of its own."""
    return [] if options.provider == "heroku" else [as_text(one) for one in options.values("run")]
