"""Variables that addons hand to the programs of services: Code Climate's and Sonar's.

Source: travis-build lib/travis/build/addons/code_climate.rb, sonarcloud.rb and sonarqube.rb at 2812e526.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from travistool.catalog.settings import as_text
from travistool.migrate.machine import addons, place_of
from travistool.migrate.model import Variable
from travistool.migrate.variables import Secrets, literal
from travistool.plan.model import Job

_SONAR = {"sonarcloud": "https://sonarcloud.io", "sonarqube": ""}


def addon_variables(job: Job, secrets: Secrets) -> tuple[Variable, ...]:
    """Return the variables of a job's addons, each once: what a later addon says of one counts, as on Travis."""
    given = addons(job)
    found = list(_token(job, "code_climate", "repo_token", "CODECLIMATE_REPO_TOKEN", secrets))
    for name, value in given.items():
        if name not in _SONAR or value in (None, False):
            continue
        found += _token(job, name, "token", "SONAR_TOKEN", secrets)
        options = value if isinstance(value, dict) else {}
        asked = {"sonar.host.url": _SONAR[name], "sonar.organization": as_text(options.get("organization"))}
        told = {key: value for key, value in asked.items() if value}
        if told:
            found.append(Variable("SONARQUBE_SCANNER_PARAMS", json.dumps(told)))
    return tuple({one.name: one for one in found}.values())


def _token(job: Job, addon: str, key: str, name: str, secrets: Secrets) -> Iterator[Variable]:
    options: Any = addons(job).get(addon)
    value = options.get(key) if isinstance(options, dict) else None
    if isinstance(value, dict) and "secure" in value:
        place = place_of(job, "addons", addon)
        yield Variable(name, secrets.named(name, f"the addon '{addon}' ('{key}')", place), "secret")
    elif value not in (None, False) and not isinstance(value, dict | list):
        yield _written(job, addon, name, as_text(value), secrets)


def _written(job: Job, addon: str, name: str, text: str, secrets: Secrets) -> Variable:
    """Return the variable for a text. One that stands for itself is in the settings of the repository."""
    if text.strip('"${}') == name:
        return Variable(name, secrets.setting(name, place_of(job, "addons", addon), f"the addon '{addon}'"), "secret")
    plain = literal(text)
    return Variable(name, text, "shell") if plain is None else Variable(name, plain)
