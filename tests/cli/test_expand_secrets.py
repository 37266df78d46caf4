"""`travistool expand` and secrets: people do not see them, programs get what is official."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.planned import plan

SECRETS = """\
env:
  global:
  - secure: "Y2lwaGVydGV4dA=="
  - DEPLOY_TOKEN=plaintoken1
script:
- curl -u me:plaintoken1 https://bob:hunter22@example.org
- echo ghp_abcdefghijklmnopqrstuvwxyz0123456789
notifications:
  slack: team:slacksecret9
jobs:
  include:
  - name: plaintoken1
    if: env(DEPLOY_TOKEN) = plaintoken1
    deploy: {provider: pypi, password: pypisecret7, on: {condition: $A = plaintoken1}}
  - name: other
    if: env(DEPLOY_TOKEN) = x
"""
HIDDEN = ["Y2lwaGVy", "plaintoken1", "hunter22", "ghp_abc", "slacksecret9", "pypisecret7", "settingsecret"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--format", "table"],
        ["--format", "mermaid"],
        ["--format", "html"],
        ["--why"],
        ["--why", "--format", "json"],
        ["--table"],
        ["--table", "--format", "json"],
        ["--job", "1"],
    ],
    ids=" ".join,
)
def test_secrets_are_hidden_from_people(folder: Path, travistool: Call, arguments: list[str]) -> None:
    (folder / ".travis.yml").write_text(SECRETS)
    ran = travistool("expand", *arguments, "--settings-env", "MY_PASSWORD=settingsecret", "--color", "never")
    assert ran.code == 0
    assert [secret for secret in HIDDEN if secret in ran.out + ran.err] == []


def test_merged_hides_plain_secrets_only(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text(SECRETS)
    out = travistool("expand", "--merged").out
    assert [secret for secret in HIDDEN if secret in out] == ["Y2lwaGVy"]


def test_data_keeps_official_values(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text(SECRETS)
    assert "plaintoken1" in json.dumps(plan(travistool)["jobs"][0]["config"])
