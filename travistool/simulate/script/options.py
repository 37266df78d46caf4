"""Encrypted options of deployments: given to dpl as variables of its own process, so that they are in no arguments.

Source: dpl's providers and lib/dpl/helper/env.rb at 8c6eabc: an option may come as PREFIX_OPTION of the environment.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
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


class Secret(NamedTuple):
    """An encrypted option. `deployment` is 0-based, as in the log; `text` is the encrypted one."""

    deployment: int
    provider: str
    option: str
    text: str

    @property
    def variable(self) -> str:
        """The variable of the job's shell that holds it, which no other process sees."""
        return f"_job_deploy_{self.deployment}_{self.option}"

    @property
    def assignment(self) -> str:
        """What `_job_dpl` takes: the name that dpl asks its environment for, and the variable."""
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
            Secret(number, as_text(entry.get("provider")), key, as_text(value["secure"]))
            for number, entry in enumerate(entries_of(job))
            for key, value in entry.items()
            if isinstance(value, dict) and "secure" in value and key.isidentifier() and entry["provider"] != "script"
        ]
    )


def known(job: Job, build: Build, means: Means) -> dict[Secret, str]:
    """Return the clear texts of those that a job needs: none, unless it really deploys."""
    if means.deploy != "all" or not build.may_use_secrets:
        return {}
    return {one: build.secrets[one.text] for one in secrets_of(job) if one.text in build.secrets}


def assignments(found: Mapping[Secret, str]) -> str:
    """Return the text that brings them to the shell of a job."""
    return "".join(f"{one.variable}={word(text)}\n" for one, text in found.items())
