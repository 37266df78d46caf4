"""Tables of facts: each row has its day and says where it was seen."""

import re
from datetime import date

import pytest

from tests.lint.findings import findings
from travistool.catalog.preinstalled import SERVICES
from travistool.catalog.required import REQUIRED
from travistool.catalog.retired import (
    CHANNELS,
    COMPOSE,
    FREENODE,
    GITTER,
    HOSTS,
    PROVIDERS,
    SITE,
    SYSTEMS,
    UBUNTU,
    UPLOADER,
    Retired,
)
from travistool.catalog.runtimes import LINES, ended
from travistool.grammar.tokens import FORMS, KEY_ID, Form

_ROWS = [*UBUNTU, *SYSTEMS, *PROVIDERS, *CHANNELS, GITTER, FREENODE, SITE, *HOSTS, UPLOADER, COMPOSE]
_SEEN = re.compile(r"https://[\w.-]+/\S|\S+ \S*\w+\.(?:csv|json|yml|md)\b|\S+ at [0-9a-f]{8}\b")
"""A page, or a file of a repository: what a reader can open and check."""


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.name)
def test_what_is_gone_has_a_day_and_a_source(row: Retired) -> None:
    assert date.fromisoformat(row.since).isoformat() == row.since
    assert _SEEN.search(row.source)


def test_systems_come_in_order() -> None:
    days = [row.since for row in UBUNTU]
    assert days == sorted(set(days))


@pytest.mark.parametrize("key", LINES)
def test_versions_have_days_and_a_source(key: str) -> None:
    line = LINES[key]
    assert _SEEN.search(line.source)
    for version, day in line.ends.items():
        assert date.fromisoformat(day).isoformat() == day
        written = f"openjdk{version}" if key == "jdk" else version
        assert ended(key, written, day) is None
        assert ended(key, written, "2100-01-01") == (f"{line.name} {version}", day)


@pytest.mark.parametrize("name", SERVICES)
def test_services_have_a_source(name: str) -> None:
    assert _SEEN.search(SERVICES[name].source)


@pytest.mark.parametrize("form", [*FORMS, KEY_ID], ids=lambda form: form.name)
def test_forms_of_secrets_have_a_source(form: Form) -> None:
    assert _SEEN.search(form.source)


@pytest.mark.parametrize(
    ("provider", "name", "variable"),
    [
        pytest.param(provider, name, f"{row.prefixes[0]}{other.upper()}", id=f"{provider}-{other}")
        for provider, row in REQUIRED.items()
        for name, other in (*((one, one) for one in row.options), *row.aliases)
    ],
)
def test_a_variable_stands_in_for_an_option(provider: str, name: str, variable: str) -> None:
    given = "".join(f"  {one}: x\n" for one in REQUIRED[provider].options if one != name)
    text = f"language: c\nscript: make\ndeploy:\n  provider: {provider}\n{given}  on: main\n"
    (found,) = findings(text, "deploy-option-missing")
    assert f"'{name}'" in found.message
    assert findings(f"{text}env: {variable}=$X\n", "deploy-option-missing") == ()
