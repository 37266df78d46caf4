"""`travistool expand` from the outside: options, events, exit codes. What views look like: tests/report."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.cli.planned import plan, rows
from tests.cli.test_git import git

CONFIG = """\
language: python
python: ['3.8', '3.9']
stages: [test, {name: publish, if: tag IS present}]
jobs:
  include:
  - {name: Lint it, if: type = pull_request, script: lint}
  - {stage: publish, name: Publish, deploy: {provider: pypi, on: {tags: true}}}
"""


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / ".travis.yml"
    path.write_text(CONFIG)
    return path


def names(row: dict[str, Any]) -> list[str | None]:
    return [job["name"] for job in row["jobs"]]


@pytest.mark.usefixtures("config")
def test_the_form_of_jsonl(travistool: Call) -> None:
    row = plan(travistool)
    assert list(row) == ["path", "starts", "stages", "notifications", "jobs", "skipped", "messages"]
    assert row["path"] == ".travis.yml"
    assert row["starts"] == {"build": True, "because": "nothing keeps the branch 'master' from being built"}
    job = row["jobs"][0]
    assert list(job) == ["number", "name", "stage", "allow_failure", "config", "phases", "origin"]
    assert (job["number"], job["stage"], job["allow_failure"]) == ("1.1", "test", False)
    assert job["config"]["python"] == "3.8"
    assert job["origin"]["python"] == {"kind": "axis", "file": ".travis.yml", "line": 2, "column": 10}
    assert job["phases"]["install"]["default"] is True
    assert job["phases"]["install"]["rules"][0][1] == {
        "when": "if requirements.txt exists",
        "commands": ["pip install -r requirements.txt"],
    }
    assert [(one["kind"], one["what"]) for one in row["skipped"]] == [
        ("job", "Lint it"),
        ("stage", "publish"),
        ("job", "Publish"),
    ]
    assert row["messages"][0] == [
        "info",
        "jobs.include",
        "skip_job",
        {"number": 1, "condition": "type = pull_request"},
    ]


@pytest.mark.usefixtures("config")
def test_all_adds_the_matrix(travistool: Call) -> None:
    row = plan(travistool, "--all")
    assert [job.get("name") for job in row["matrix"]] == [None, None, "Publish"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param([], [None, None], id="push"),
        pytest.param(["--event", "pull_request"], [None, None, "Lint it"], id="pull request"),
        pytest.param(["--event", "tag", "--tag", "v1"], [None, None, "Publish"], id="tag"),
        pytest.param(["--tag", "v1"], [None, None, "Publish"], id="a tag alone is a push of it"),
        pytest.param(["--event", "cron"], [None, None], id="cron"),
        pytest.param(["--event", "api"], [None, None], id="api"),
        pytest.param(["--data", '{"tag": "v1"}'], [None, None, "Publish"], id="data wins"),
    ],
)
@pytest.mark.usefixtures("config")
def test_events(travistool: Call, arguments: list[str], expected: list[str | None]) -> None:
    assert names(plan(travistool, *arguments)) == expected


@pytest.mark.parametrize(
    ("condition", "arguments"),
    [
        ("repo = a/b AND sender = me", ["--repo", "a/b", "--sender", "me"]),
        ("branch = v1 AND tag = v1 AND type = push", ["--event", "tag", "--tag", "v1"]),
        ("branch = main AND head_branch = x", ["--event", "pull_request", "--branch", "main", "--head-branch", "x"]),
        ("branch = trunk", ["--event", "cron", "--default-branch", "trunk"]),
        (
            "head_repo = c/b AND repo = a/b AND fork = false",
            ["--event", "pull_request", "--repo", "a/b", "--head-repo", "c/b"],
        ),
        ("head_repo = a/b", ["--event", "pull_request", "--repo", "a/b"]),
        ("fork = true", ["--fork"]),
        ("commit_message =~ /release/ AND sender IS blank", ["--message", "a release"]),
        ("env(FOO) = bar", ["--settings-env", "FOO=bar"]),
        ("draft = true", ["--data", '{"draft": true}']),
        ("branch = b AND repo IS blank", ["--branch", "b"]),
    ],
)
def test_attributes(folder: Path, travistool: Call, condition: str, arguments: list[str]) -> None:
    (folder / ".travis.yml").write_text(f"jobs:\n  include:\n  - name: always\n  - {{name: held, if: '{condition}'}}\n")
    assert names(plan(travistool, *arguments)) == ["always", "held"]


@pytest.mark.usefixtures("config")
def test_defaults_from_git(folder: Path, travistool: Call) -> None:
    git(folder, "init", "--quiet", "--initial-branch=dev")
    git(folder, "remote", "add", "origin", "https://github.com/acme/demo.git")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "A message")
    git(folder, "branch", "main")
    ran = travistool("expand", "--table", "--format", "json")
    events = {row["event"]: row["data"] for row in json.loads(ran.out)["events"]}
    assert list(events) == [
        "push to main",
        "push to dev",
        "tag v1.0.0",
        "pull request",
        "fork's pull request",
        "cron",
        "api",
    ]
    assert events["push to dev"] == {
        "type": "push",
        "repo": "acme/demo",
        "fork": False,
        "branch": "dev",
        "commit_message": "A message",
    }
    assert events["fork's pull request"]["head_repo"] == "someone/demo"
    assert events["pull request"]["head_branch"] == "dev"
    assert "Secret Person" not in ran.out
    assert "a push to 'dev' of acme/demo" in travistool("expand").out
    git(folder, "tag", "v7")
    assert "a push of the tag 'v7'" in travistool("expand", "--event", "tag").out


def test_a_branch_that_is_not_built(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("branches: {only: [main]}\nscript: a\n")
    row = plan(travistool, "--branch", "dev")
    because = "branches.only has nothing that fits the branch 'dev'"
    assert row["starts"] == {"build": False, "because": because, "file": ".travis.yml", "line": 1, "column": 12}
    assert len(row["jobs"]) == 1
    text = travistool("expand", "--branch", "dev").out.splitlines()
    assert text[1].startswith("no build starts: branches.only has nothing that fits the branch 'dev' (1:")


def test_no_jobs_no_build(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("script: a\njobs:\n  exclude:\n  - os: linux\n")
    assert plan(travistool)["starts"] == {"build": False, "because": "no job is left"}


def test_many_files(folder: Path, travistool: Call) -> None:
    (folder / "a").mkdir()
    (folder / "a" / ".travis.yml").write_text("script: a\n")
    (folder / "b.yml").write_text("a: [\n")
    ran = travistool("expand", "--format", "jsonl", "a", "b.yml", "gone.yml")
    assert (ran.code, ran.err) == (1, "")
    first, second, third = rows(ran)
    assert first["path"] == "a/.travis.yml"
    assert (list(second), second["error"]["code"]) == (["path", "error"], "yaml-syntax")
    assert third["error"]["code"] == "unreadable-file"
    ran = travistool("expand", "--format", "json", "a", "b.yml")
    assert [row["path"] for row in json.loads(ran.out)] == ["a/.travis.yml", "b.yml"]


def test_a_broken_file_is_an_error_line(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("a: [\n")
    ran = travistool("expand")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(".travis.yml:")
    assert "error:" in ran.err.splitlines()[0]


def test_what_travis_refuses_to_read_is_broken(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("script: &a [*a]\n")
    assert rows(travistool("expand", "--format", "jsonl"))[0]["error"]["code"] == "cyclic-alias"


def test_standard_input(travistool: Call) -> None:
    ran = travistool("expand", "-", "--format", "jsonl", stdin=b"script: a\n")
    assert rows(ran)[0]["path"] == "<stdin>"


def test_too_many_jobs(folder: Path, travistool: Call) -> None:
    numbers = ", ".join(map(str, range(201)))
    (folder / ".travis.yml").write_text(f"python: [{numbers}]\nlanguage: python\n")
    ran = travistool("expand", "--format", "jsonl")
    assert ran.code == 1
    assert ran.err.startswith(".travis.yml:1:1: error: the build has 201 jobs")
    (row,) = rows(ran)
    assert (len(row["jobs"]), row["starts"]["build"]) == (201, False)


def test_a_matrix_bomb(folder: Path, travistool: Call) -> None:
    values = ", ".join(map(str, range(50)))
    keys = ["python", "rvm", "gemfile", "jdk", "php", "env"]
    (folder / ".travis.yml").write_text("".join(f"{key}: [{values}]\n" for key in keys) + "language: python\n")
    ran = travistool("expand")
    assert "matrix" in ran.out or ran.code == 1


USAGE = [
    pytest.param(
        ["--event", "merge"], "--event takes one of push, pull_request, tag, cron, api, not 'merge'", id="event"
    ),
    pytest.param(["--event", "tag"], "--event tag needs a name", id="tag without a name"),
    pytest.param(["--repo", "demo"], "--repo takes owner/name, not 'demo'", id="repo"),
    pytest.param(["--head-repo", "a/b"], "--head-repo goes with --event pull_request only", id="head repo"),
    pytest.param(["--head-branch", "a"], "--head-branch goes with --event pull_request only", id="head branch"),
    pytest.param(
        ["--event", "cron", "--tag", "v1"], "--tag does not go with --event cron: such a build has no tag", id="cron"
    ),
    pytest.param(["--branch", ""], "--branch needs a name", id="empty branch"),
    pytest.param(["--data", "[1]"], "--data takes a JSON object", id="data is a list"),
    pytest.param(["--settings-env", "1A=x"], "--settings-env takes NAME=VALUE, not '1A'", id="variable"),
    pytest.param(["--settings-env", "FOO"], "--settings-env takes NAME=VALUE, not 'FOO'", id="variable without value"),
    pytest.param(["--data", '{"brnch": "a"}'], "--data: there is no attribute 'brnch'", id="attribute"),
    pytest.param(["--data", '{"type": "pull-requst"}'], '--data: there is no type "pull-requst"', id="type"),
    pytest.param(["--import-root", "x"], "--import-root takes owner/repo=DIR, not 'x'", id="import root"),
    pytest.param(["--import-root", "a/b=/gone"], "--import-root: there is no folder '/gone'", id="no such folder"),
    pytest.param(
        ["--format", "xml"], "--format takes one of tree, table, json, jsonl, mermaid, html, not 'xml'", id="format"
    ),
    pytest.param(["--why", "--table"], "--why and --table do not go together", id="two views"),
    pytest.param(
        ["--why", "--format", "html"], "--why does not come as html, only as text, json and jsonl", id="why html"
    ),
    pytest.param(["--all"], "--all goes with --format json or jsonl", id="all"),
    pytest.param(["--job", "9"], "there is no job '9': the build has 1.1 to 1.2", id="job"),
    pytest.param(["--job", "Publish"], "the job 'Publish' does not run for this event", id="skipped job"),
    pytest.param(["--color", "red"], "--color takes one of auto, always, never, not 'red'", id="color"),
    pytest.param([".travis.yml", "other.yml"], "--format tree takes one file, not 2", id="two files"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
@pytest.mark.usefixtures("config")
def test_wrong_usage(travistool: Call, arguments: list[str], message: str) -> None:
    ran = travistool("expand", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"travistool: error: {message}"


@pytest.mark.usefixtures("config")
def test_broken_json_is_one_line(travistool: Call) -> None:
    ran = travistool("expand", "--data", "{")
    assert ran.code == 2
    assert ran.err.splitlines()[0].startswith("travistool: error: --data takes a JSON object: ")


def test_no_file(travistool: Call) -> None:
    ran = travistool("expand")
    assert (ran.code, ran.err.splitlines()[0]) == (4, "travistool: error: there is no .travis.yml in this folder")


@pytest.mark.parametrize("wanted", ["1.2", "2", "b"])
def test_a_job_by_number_or_name(folder: Path, travistool: Call, wanted: str) -> None:
    (folder / ".travis.yml").write_text("jobs:\n  include:\n  - name: a\n  - name: b\n")
    ran = travistool("expand", "--job", wanted, "--format", "json")
    assert json.loads(ran.out)["name"] == "b"


def test_a_name_of_two_jobs(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("jobs:\n  include:\n  - {name: a, script: b}\n  - {name: a, script: c}\n")
    assert "2 jobs are named 'a': 1.1, 1.2" in travistool("expand", "--job", "a").err


@pytest.mark.parametrize(
    "text",
    [
        "if: branch = = x\n",
        "jobs:\n  include:\n  - script: a\n    if: branch = = x\n",
        "stages:\n- name: a\n  if: branch = = x\njobs:\n  include:\n  - {stage: a, script: a}\n",
    ],
    ids=["root", "job", "stage"],
)
def test_a_condition_that_cannot_be_read(folder: Path, travistool: Call, text: str) -> None:
    (folder / ".travis.yml").write_text(text)
    ran = travistool("expand", "--format", "jsonl")
    lines = travistool("lint", "--format", "concise").out.splitlines()
    (finding,) = [line for line in lines if "[invalid-condition]" in line or "invalid-condition" in line]
    assert ran.code == 1
    assert finding in ran.err.splitlines()
    because = "Travis refuses the config: the condition 'branch = = x' cannot be read"
    line, column = map(int, finding.split(":")[1:3])
    place = {"file": ".travis.yml", "line": line, "column": column}
    assert rows(ran)[0]["starts"] == {"build": False, "because": because, **place}


def test_a_condition_of_the_root_that_does_not_hold(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("script: a\nif: branch = x\n")
    out = travistool("expand").out
    assert "no build starts: the config's condition 'branch = x' does not hold (2:5)" in out


def test_hints(folder: Path, travistool: Call) -> None:
    assert "lint" not in travistool("expand").err
    (folder / ".travis.yml").write_text("script: a\n")
    assert travistool("expand", "--job", "9").err.splitlines()[0].endswith("the build has only 1.1")
    ran = travistool("expand", "--data", '{"brnch": "a"}')
    assert (ran.code, ran.err.splitlines()[1]) == (2, "  did you mean 'branch'?")


@pytest.mark.usefixtures("config")
def test_output_to_a_file(folder: Path, travistool: Call) -> None:
    ran = travistool("expand", "--format", "html", "--output", "out.html")
    assert (ran.code, ran.out) == (0, "")
    assert (folder / "out.html").read_text().startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("config")
def test_nothing_asks_the_network(folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is only ever asked for what is here."""
    asked: list[list[str]] = []
    real = subprocess.run

    def spy(command: list[str], **options: Any) -> Any:
        asked.append(command)
        return real(command, **options)

    git(folder, "init", "--quiet")
    (folder / ".travis.yml").write_text("import: a.yml@x\nscript: a\n")
    monkeypatch.setattr(subprocess, "run", spy)
    travistool("expand", "--format", "jsonl")
    words = {word for command in asked for word in command if not word.startswith("-")}
    assert asked
    assert words.isdisjoint(("fetch", "pull", "clone", "ls-remote", "remote", "status"))
