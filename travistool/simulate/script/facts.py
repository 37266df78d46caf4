"""What a script needs to know beside its job: the build, its commit, its variables, and what is done for it outside."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from travistool.plan.model import Event
from travistool.record import Record

HOST = "travis-ci.com"
"""The host of the addresses in TRAVIS_BUILD_WEB_URL and TRAVIS_JOB_WEB_URL."""


class Setting(Record):
    """A variable of the repository's settings. `value` is text of the shell; `branch` None: of all branches."""

    name: str
    value: str
    public: bool = False
    branch: str | None = None


class Means(Record):
    """Who does the work around the job's own commands.

    `checkout`: the script clones, or the repository is there already. `services`: the script starts them, or they are
    started beside it. `packages`: the script installs packages and hosts as root, or just says that it does not.
    `toolchain`: the script installs the language's version, or takes what it finds. `profile`: whether the machine's
    profile is read. `deploy`: what really deploys.
    What is done elsewhere is shown all the same: the log stays that of Travis.
    """

    checkout: Literal["clone", "placed"] = "clone"
    services: Literal["start", "beside"] = "start"
    packages: Literal["install", "announce"] = "install"
    toolchain: Literal["install", "found"] = "install"
    profile: Literal["read", "skip"] = "read"
    deploy: Literal["dry", "script", "all"] = "all"


BESIDE = Means(checkout="placed", services="beside", toolchain="found", deploy="dry")
"""In a container: everything but packages is done beside the script."""

HERE = Means(checkout="placed", services="beside", packages="announce", toolchain="found", deploy="dry", profile="skip")
"""On this machine, which a job must not change."""


class Build(Record):
    """One build: what started it and from what. Texts are empty where a thing is not known.

    `number` and `build_id` are those of the build; a job's are made from them. `secrets` holds clear texts by encrypted
    text: `NAME=value` or a bare value, as the config encrypted it. `extra` are variables that the caller adds behind
    those of the config. `stage_titles` holds the names of stages as they are shown, by lower case name.
    """

    event: Event
    repo: str = "local/build"
    commit: str = ""
    commit_range: str = ""
    message: str = ""
    number: int = 1
    build_id: int = 1
    pull_request: int = 1
    pull_request_sha: str = ""
    host: str = HOST
    settings: tuple[Setting, ...] = ()
    secrets: Mapping[str, str] = MappingProxyType({})
    extra: tuple[tuple[str, str], ...] = ()
    stage_titles: Mapping[str, str] = MappingProxyType({})

    @property
    def is_pull_request(self) -> bool:
        """Tell whether a pull request started it."""
        return self.event.type == "pull_request"

    @property
    def may_use_secrets(self) -> bool:
        """Tell whether encrypted values are there: not for a pull request from another repository."""
        data = self.event.data()
        return not self.is_pull_request or data.get("head_repo") in (None, self.repo)

    @property
    def url(self) -> str:
        """The address that Travis clones from."""
        return f"https://github.com/{self.repo}.git"
