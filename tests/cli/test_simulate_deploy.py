"""`travistool simulate` and secrets: hidden everywhere, and where deployments need them."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Build
from tests.cli.simulated import report

pytestmark = pytest.mark.jobs


def test_secrets_are_hidden_everywhere(build: Build, folder: Path) -> None:
    config = (
        "language: shell\nenv: {global: [{secure: CIPHER}]}\n"
        "script: ['echo got $TOKEN', 'echo $TOKEN | rev', 'for i in 1 2; do printf s3; sleep 0.2; printf cr3t; done']\n"
    )
    reports = [part for form in ("json", "junit", "html", "md") for part in ("--report", f"{form}=out.{form}")]
    ran = build(config, "--secret", "TOKEN=s3cr3t", *reports)
    assert ran.code == 0
    assert "got [secure]" in ran.out
    assert "t3rc3s" in ran.out
    log = Path(report(folder)["jobs"][0]["log"]).read_text()
    texts = [ran.out, ran.err, log, *[path.read_text() for path in folder.glob("out.*")]]
    assert [text for text in texts if "s3cr3t" in text] == []
    assert log.count("[secure]") == 4


def test_deployments_are_dry(build: Build, folder: Path) -> None:
    config = """
language: shell
script: 'true'
before_deploy: touch ../../../before
deploy:
  - {provider: script, script: echo deployed $X, on: {branch: main, condition: $Y = 1}}
  - {provider: script, script: echo no, on: {tags: true}}
env: [X=value Y=1]
"""
    ran = build(config, "--report", "json=out.json")
    assert ran.code == 0
    assert "--script=echo deployed value" in ran.out
    assert "Dry run: before_deploy is not run." in ran.out
    assert "this is not a tagged commit" in ran.out
    (job,) = report(folder)["jobs"]
    assert [one["state"] for one in job["deployments"]] == ["dry", "skipped"]
    really = build(config.replace("touch ../../../before", "echo before"), "--deploy", "script")
    assert re.search(r"^before$.*^deployed value$", really.out, re.MULTILINE | re.DOTALL)


DPL = """#!/bin/bash
printf 'got %s|' "$@"; echo
echo "token ${#NPM_API_TOKEN}"
printf '%s' "$NPM_API_TOKEN"; echo
tr '\\0' '\\n' < /proc/$$/cmdline | grep -c "it's s3cr3t" || true
"""


DEPLOYS = """
language: shell
script: ['! env | grep s3cr3[t]', 'export EMAIL=me@example.org']
deploy:
  - {provider: npm, email: $EMAIL, api_token: {secure: CIPHER}, src: {secure: OTHER}, on: {all_branches: true}}
"""


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(("--secret", "api_token=it's s3cr3t"), id="by the option's name"),
        pytest.param(("--secret", "1=it's s3cr3t"), id="by position"),
        pytest.param(("--secrets-file", "given.env"), id="by the encrypted text"),
    ],
)
def test_secrets_of_deployments_come_through_the_environment(
    build: Build, folder: Path, given: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    programs = tmp_path_factory.mktemp("programs")
    (programs / "dpl").write_text(DPL)
    (programs / "dpl").chmod(0o755)
    (folder / "given.env").write_text("CIPHER" + "C" * 80 + "=it's s3cr3t\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        ran = build(
            DEPLOYS.replace("CIPHER", "CIPHER" + "C" * 80), "--deploy", "all", *given, "--report", "json=out.json"
        )
    assert ran.code == 0, ran.out
    (job,) = report(folder)["jobs"]
    assert [one["state"] for one in job["deployments"]] == ["deployed"]
    assert "got --provider=npm|got --email=me@example.org|got --fold|\ntoken 11\n[secure]\n0\n" in ran.out
    assert "The option 'src' is encrypted and has no value here." in ran.out
    assert "only Travis can decrypt src" in ran.err
    for path in (folder / "out.json", Path(job["log"])):
        assert "s3cr3t" not in path.read_text()
    assert "s3cr3t" not in ran.out + ran.err


RUBY_DPL = """#!/usr/bin/env ruby
ARGV.shift
puts "got #{ARGV.inspect}"
puts "argv holds #{File.read("/proc/self/cmdline").scan(/s3cr3t|t0k3n/).size}"
puts "left #{ENV.keys.grep(/_job_deploy|rubyopt/).inspect} #{ENV["RUBYOPT"].inspect}"
"""


@pytest.mark.skipif(shutil.which("ruby") is None, reason="needs Ruby, as dpl does")
@pytest.mark.skipif(not os.path.exists("/proc/self/cmdline"), reason="looks into /proc")
def test_encrypted_items_of_lists_come_to_dpl(build: Build, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In their order among the others; what has no value is left out."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "dpl").write_text(RUBY_DPL)
    (programs / "dpl").chmod(0o755)
    config = """
language: shell
script: export WHERE=here
deploy:
  provider: lambda
  environment_variables: [A=$WHERE, {secure: ONE}, {secure: NONE}, B=2, {secure: TWO}]
  on: {all_branches: true}
"""
    given = ("--secret", "environment=K=it's a s3cr3t", "--secret", "environment_3=t0k3n $HOME")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        ran = build(config, "--deploy", "all", *given)
    assert ran.code == 0, ran.out
    assert "The option 'environment_2' is encrypted and has no value here." in ran.out
    names = [f"--environment={one}" for one in ("A=here", "[secure]", "B=2", "[secure]")]
    assert f"got {[*names, '--fold']}".replace("'", '"') in ran.out
    assert 'argv holds 0\nleft [] ""\n' in ran.out


def test_encrypted_options_are_not_missed_in_a_dry_run(build: Build) -> None:
    ran = build(DEPLOYS)
    assert (ran.code, "decrypt" in ran.err) == (0, False)
    assert "  --api_token=[secure]\n" in ran.out


def test_options_of_a_branch(build: Build) -> None:
    config = "language: shell\nscript: 'true'\ndeploy: {provider: heroku, app: {main: one, dev: two}, api_key: {dev: {secure: X}}}\n"
    out = build(config).out
    assert "  --app=one\n" in out
    assert "two" not in out
    assert "api_key" not in out


def test_tokens_of_notifications_are_hidden(build: Build) -> None:
    config = "language: shell\nscript: 'false'\nnotifications: {slack: 'team:AbCdEfGhIjKlMnOpQrStUvWx'}\n"
    assert "Travis would send slack to [secure]: " in build(config).out
