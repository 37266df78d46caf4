"""Versions of languages on GitHub: what a container has, and what nothing there has."""

import re

import pytest

from tests.migrate.migrated import migrated
from travistool.migrate.github.expressions import in_parentheses


@pytest.mark.parametrize(
    ("version", "line", "told"),
    [
        pytest.param("3.9", "python-version: '3.9'", False, id="on the machine"),
        pytest.param("2.7.6", "container: python:2.7", False, id="a patch whose image is too old"),
        pytest.param("3.6", "container: python:3.6", False, id="in a container"),
        pytest.param("3.4", "container: python:3.4", True, id="nowhere"),
        pytest.param("2.7_with_system_site_packages", "container: python:2.7", False, id="what only Travis has"),
    ],
)
def test_python(version: str, line: str, told: bool) -> None:
    made = migrated(f"language: python\npython: '{version}'\nscript: make\n")
    assert f"{line}\n" in made.files[0].text.replace('"', "'")
    assert any(task.kind == "version" for task in made.tasks) == told


def test_the_number_of_a_job() -> None:
    text = "script: echo $TRAVIS_JOB_NUMBER\nenv: [A=1, A=2]"
    made = migrated(text).files[0].text
    assert "TRAVIS_JOB_NUMBER: ${{ github.run_number }}.${{ matrix.job }}\n" in made
    assert "A: ${{ matrix.A }}\n" in made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param("a && (b || c)", "a && (b || c)", id="inside"),
        pytest.param("a && b || c", "(a && b || c)", id="at the top"),
        pytest.param("(a || b) && (c || d)", "(a || b) && (c || d)", id="begins and ends with one"),
        pytest.param("a == ') || ('", "a == ') || ('", id="in a text"),
    ],
)
def test_parentheses(text: str, made: str) -> None:
    assert in_parentheses(text) == made


def _workflow(text: str) -> str:
    return migrated(text).files[0].text


def test_only_rows_that_may_fail_say_so() -> None:
    made = _workflow("script: a\nenv: [A=1, A=2]\njobs: {allow_failures: [{env: A=2}]}")
    assert '          - A: "1"\n          - A: "2"\n            experimental: true\n' in made
    assert "continue-on-error: ${{ matrix.experimental == true }}\n" in made


def test_the_folder_of_the_repository() -> None:
    """On the machine GitHub's context says where it is; in a container only the shell does."""
    text = "language: python\npython: '{}'\nscript: ls $TRAVIS_BUILD_DIR"
    assert "      TRAVIS_BUILD_DIR: ${{ github.workspace }}\n" in _workflow(text.format("3.9"))
    assert 'echo "TRAVIS_BUILD_DIR=$TRAVIS_BUILD_DIR" >> "$GITHUB_ENV"' in _workflow(text.format("2.7"))


@pytest.mark.parametrize(
    ("text", "condition", "tells"),
    [
        pytest.param("install: cd a\nscript: b\nafter_success: c", "success()", False, id="the step says it"),
        pytest.param(
            "install: exit 0\nscript: b\nafter_success: c",
            "steps.script.outputs.result == 'passed'",
            True,
            id="a step that passes without a script",
        ),
        pytest.param(
            "install: cd a\nscript: b\nafter_failure: c",
            "failure() && steps.script.outputs.result == 'failed'",
            True,
            id="set-up may have failed",
        ),
    ],
)
def test_what_later_steps_ask(text: str, condition: str, tells: bool) -> None:
    made = _workflow(text)
    assert f"        if: {condition}\n" in made
    assert ("ended=passed" in made) == tells


def test_versions_that_files_say() -> None:
    ruby = _workflow("language: ruby")
    assert "ruby-version: ${{ hashFiles('.ruby-version') != '' && '.ruby-version' || 'ruby' }}\n" in ruby
    node = _workflow("language: node_js")
    assert "node-version: ${{ hashFiles('.nvmrc') == '' && 'lts/*' || '' }}\n" in node
    assert "node-version-file: ${{ hashFiles('.nvmrc') != '' && '.nvmrc' || '' }}\n" in node
    assert "hashFiles" not in _workflow("language: ruby\nrvm: '3.2'") + _workflow("language: node_js\nnode_js: 8")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        pytest.param("language: erlang\notp_release: '25.3'", 'otp-version: "25.3"', 0, id="there"),
        pytest.param("language: erlang\notp_release: '20.0'", 'otp-version: "20.0"', 1, id="too old"),
        pytest.param("language: erlang\notp_release: '24'", 'otp-version: "24"', 0, id="no more than a major"),
        pytest.param(
            "language: elixir\nelixir: 1.6.0", 'elixir-version: "1.6.0"', 1, id="for an Erlang that is too old"
        ),
        pytest.param("language: elixir\nelixir: '1.15'", 'elixir-version: "1.15"', 0, id="Elixir of today"),
        pytest.param("language: d\nd: dmd", "compiler: dmd-latest", 0, id="D without a version"),
        pytest.param("language: d\nd: dmd-nightly", "compiler: dmd-master", 0, id="D of tonight"),
        pytest.param("language: d\nd: gdc", "compiler: gdc", 1, id="no such compiler"),
        pytest.param("language: haxe\nhaxe: development", "haxe-version: latest", 0, id="Haxe of tonight"),
        pytest.param("language: julia", 'version: "1"', 0, id="Julia without a version"),
        pytest.param("language: julia\njulia: '1.6'", 'version: "1.6"', 0, id="Julia of one version"),
    ],
)
def test_other_versions(text: str, line: str, told: int) -> None:
    made = migrated(text)
    assert f"{line}\n" in made.files[0].text
    assert len([task for task in made.tasks if task.kind == "version"]) == told


def test_ids_of_matrices_tell_them_apart() -> None:
    made = _workflow("os: [windows, linux, osx]\nlanguage: node_js\nnode_js: [18, 20]\nscript: make")
    assert re.findall(r"(?m)^  ([\w-]+):$", made.partition("\njobs:\n")[2]) == ["build-windows", "build"]


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        pytest.param("language: ruby\nscript: bin/Rails test", True, id="Rails"),
        pytest.param("language: ruby\nscript: rake", False, id="Ruby without Rails"),
        pytest.param("language: shell\nscript: bin/rails test", False, id="no Ruby"),
    ],
)
def test_rails_runs_for_tests(text: str, sets: bool) -> None:
    assert ("      RAILS_ENV: test\n      RACK_ENV: test\n" in _workflow(text)) == sets
