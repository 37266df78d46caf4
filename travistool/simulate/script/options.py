"""Encrypted options of deployments: given to dpl as variables of its own process, so that they are in no arguments.

Source: dpl's providers and lib/dpl/helper/env.rb at 8c6eabc: an option may come as PREFIX_OPTION of the environment. One
that comes that way has one value, and arguments of the same name replace it: encrypted items of lists stand in the
arguments as names of variables (`_job_dpl` in functions.sh says who puts the values there).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.shell import word

_PREFIXES = {
    "azure_web_apps": "AZURE_WA",
    "bluemixcloudfoundry": "CLOUDFOUNDRY",
    "chef_supermarket": "CHEF",
    "ecr": "AWS",
    "elasticbeanstalk": "ELASTIC_BEANSTALK",
    "git_push": "GITHUB",
}
"""Of the providers whose prefix is not just their name; of several that dpl takes, the one of fewest other tools."""


_NO_OPTIONS = frozenset(("on", "if", "true", "edge"))
"""Keys of a deployment whose values may be maps, and are not by branch."""

PLACE = "travistool:"
"""How the value of an argument begins that names a variable instead."""


class Secret(Record):
    """An encrypted option. `deployment` is 0-based, as in the log; `text` is the encrypted one.

    `item` counts the encrypted items of an option that is a list, from 1; 0 is an option that is none. `branch` is that of
    an option with a value for each branch.
    """

    deployment: int
    provider: str
    option: str
    text: str
    item: int = 0
    branch: str = ""

    @property
    def name(self) -> str:
        """The name by which people give it a value."""
        return f"{self.option}_{self.item}" if self.item > 1 else self.option

    @property
    def variable(self) -> str:
        """The variable of the job's shell that holds it, which no other process sees."""
        return f"_job_deploy_{self.deployment}_{self.name}"

    @property
    def assignment(self) -> str:
        """What `_job_dpl` takes: the name that dpl asks its environment for, and the variable."""
        if self.item:
            return f"{self.variable}={self.variable}"
        prefix = _PREFIXES.get(self.provider, self.provider.upper())
        return f"{prefix}_{self.option.upper()}={self.variable}"


def entries_of(job: Job) -> tuple[Mapping[str, Any], ...]:
    """Return the deployments of a job."""
    value = job.config.get("deploy")
    return tuple([one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)])


def secrets_of(job: Job) -> tuple[Secret, ...]:
    """Return the encrypted options of a job's deployments, those of `script` left out, which has none."""
    return tuple(
        [
            one
            for number, entry in enumerate(entries_of(job))
            if entry.get("provider") != "script"
            for key, value in entry.items()
            if key.isidentifier()
            for one in _secrets(number, as_text(entry.get("provider")), key, value)
        ]
    )


def _secrets(number: int, provider: str, key: str, value: Any) -> Iterator[Secret]:
    if is_encrypted(value):
        yield Secret(number, provider, key, as_text(value["secure"]))
    elif isinstance(value, list):
        for item, one in enumerate(filter(is_encrypted, value), 1):
            yield Secret(number, provider, key, as_text(one["secure"]), item)
    elif isinstance(value, dict) and key not in _NO_OPTIONS:
        for branch, one in value.items():
            if is_encrypted(one):
                yield Secret(number, provider, key, as_text(one["secure"]), branch=branch)


def is_encrypted(value: Any) -> bool:
    """Tell whether a value of a config is an encrypted one."""
    return isinstance(value, dict) and "secure" in value


def known(job: Job, build: Build, means: Means) -> dict[Secret, str]:
    """Return the clear texts of those that a job needs: none, unless it really deploys."""
    if means.deploy != "all" or not build.may_use_secrets:
        return {}
    here = ("", build.event.branch)
    return {one: build.secrets[one.text] for one in secrets_of(job) if one.branch in here and one.text in build.secrets}


def of_branch(entry: Mapping[str, Any], branch: str | None) -> Mapping[str, Any]:
    """Return a deployment with one value for each option: that for the branch, None for one that has none for it."""
    return {key: _of_branch(value, branch) if key not in _NO_OPTIONS else value for key, value in entry.items()}


def _of_branch(value: Any, branch: str | None) -> Any:
    if isinstance(value, list):
        return [_of_branch(one, branch) for one in value]
    return value.get(branch) if isinstance(value, dict) and not is_encrypted(value) else value


def assignments(found: Mapping[Secret, str]) -> str:
    """Return the text that brings them to the shell of a job."""
    return "".join(f"{one.variable}={word(text)}\n" for one, text in found.items())
