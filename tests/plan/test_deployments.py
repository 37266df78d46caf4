"""Which deployments happen, and why; the order of the tests is that of the service."""

from typing import Any

import pytest

from tests.plan.plans import plan
from travistool.plan.deployments import Deployment, deployments

PYTHON = "language: python\npython: '3.8'\n"


def found(text: str, **event: Any) -> list[Deployment]:
    made = plan(text, **event)
    return [one for job in made.jobs for one in deployments(job, made.event)]


def one(text: str, **event: Any) -> tuple[str, str, str | None]:
    """Return answer, reason and the text to blame of the only deployment."""
    (deployment,) = found(text, **event)
    return deployment.answer, deployment.because, deployment.span.text if deployment.span else None


DEFAULT = "which counts where on.branch names none"
FOR_A_BRANCH = "Travis takes 'if' of a deployment for the name of a branch"
OTHER = "on.branch names none, so only the branch 'master' is deployed, not the branch"


@pytest.mark.parametrize(
    ("deploy", "event", "expected"),
    [
        pytest.param("pypi", {}, ("yes", f"the branch is 'master', {DEFAULT}", "pypi"), id="no on"),
        pytest.param(
            "pypi", {"branch": "main", "default_branch": "main"}, ("no", f"{OTHER} 'main'", "pypi"), id="main"
        ),
        pytest.param(
            "{provider: pypi, on: {all_branches: true}}",
            {"type": "pull_request"},
            ("no", "Travis never deploys for a pull request", "{provider: pypi, on: {all_branches: true}}"),
            id="pull request",
        ),
        pytest.param(
            "{provider: pypi, on: dev}",
            {"branch": "dev"},
            ("yes", "the branch is 'dev'", "dev"),
            id="text means branch",
        ),
        pytest.param(
            "{provider: pypi, on: {branch: [a, dev]}}",
            {"branch": "dev"},
            ("yes", "the branch is 'dev'", "dev"),
            id="list",
        ),
        pytest.param(
            "{provider: pypi, on: {branch: [a, b]}}",
            {},
            ("no", "on.branch is 'a' or 'b', the branch is 'master'", "[a, b]"),
            id="none of a list",
        ),
        pytest.param(
            "{provider: pypi, on: {branch: 'release-*'}}",
            {"branch": "release-1"},
            ("yes", "the branch is 'release-1', which fits 'release-*'", "'release-*'"),
            id="globs match",
        ),
        pytest.param(
            "{provider: pypi, on: {branch: /^master$/}}",
            {},
            (
                "no",
                "on.branch is '/^master$/', the branch is 'master'; Travis compares text here, it knows no /patterns/",
                "/^master$/",
            ),
            id="patterns do not, a dollar at the end is no variable",
        ),
        pytest.param(
            "{provider: pypi, on: {branch: $RELEASE}}",
            {},
            ("depends", "depends on '$RELEASE', which the shell fills in, being 'master'", "$RELEASE"),
            id="variable",
        ),
        pytest.param(
            "{provider: pypi, on: {all_branches: true}}",
            {"branch": "x"},
            ("yes", "on.all_branches is set", "true"),
            id="all",
        ),
        pytest.param(
            "{provider: pypi, on: {tags: true}}",
            {"branch": "v1", "tag": "v1"},
            ("yes", "it is the tag 'v1'", "true"),
            id="tag, whatever the branch",
        ),
        pytest.param(
            "{provider: pypi, on: {tags: true}}",
            {},
            ("no", "on.tags asks for a tag, and this is none", "true"),
            id="no tag",
        ),
        pytest.param(
            "{provider: pypi, on: {tags: false}}",
            {"branch": "dev"},
            ("no", f"{OTHER} 'dev'", "{tags: false}"),
            id="tags: false keeps the test of the branch",
        ),
        pytest.param(
            "{provider: pypi, on: {tags: false, branch: v1}}",
            {"branch": "v1", "tag": "v1"},
            ("no", "on.tags is false, and this is the tag 'v1'", "false"),
            id="tags: false on a tag",
        ),
        pytest.param(
            "pypi",
            {"branch": "v1", "tag": "v1"},
            (
                "no",
                "on.branch names none, so only the branch 'master' is deployed, not the tag 'v1'; on.tags is not set",
                "pypi",
            ),
            id="tag without on.tags",
        ),
        pytest.param(
            "{provider: pypi, on: {repo: a/b}}",
            {"repo": "c/b"},
            ("no", "on.repo is 'a/b', the repository is 'c/b'", "a/b"),
            id="fork",
        ),
        pytest.param(
            "{provider: pypi, on: {repo: a/b}}",
            {},
            ("depends", "depends on the repository being 'a/b'", "a/b"),
            id="repository unknown",
        ),
        pytest.param(
            "{provider: pypi, on: {condition: '$A = 1'}}",
            {},
            ("depends", "depends on what the job's shell says to [[ $A = 1 ]]", "'$A = 1'"),
            id="condition",
        ),
        pytest.param(
            "{provider: pypi, on: {condition: '$A = 1', branch: dev}}",
            {},
            ("no", "on.branch is 'dev', the branch is 'master'", "dev"),
            id="a clear no wins over a condition",
        ),
        pytest.param(
            "{provider: pypi, on: {python: '3.8'}}",
            {},
            ("yes", f"the branch is 'master', {DEFAULT}; python is '3.8'", "'3.8'"),
            id="version",
        ),
        pytest.param(
            "{provider: pypi, on: {python: '3.9'}}",
            {},
            ("no", "on.python is '3.9', the job has '3.8'", "'3.9'"),
            id="other version",
        ),
        pytest.param(
            "{provider: pypi, on: {ghc: '9'}}",
            {},
            ("no", "on.ghc asks for $TRAVIS_GHC_VERSION, which this job does not set", "'9'"),
            id="a version that nothing sets",
        ),
        pytest.param(
            "{provider: pypi, if: branch = master}",
            {},
            (
                "no",
                f"{FOR_A_BRANCH}: it is 'branch = master', the branch is 'master'",
                "branch = master",
            ),
            id="if replaces on, and is no condition",
        ),
        pytest.param(
            "{provider: heroku, app: {dev: one, master: two}}",
            {"branch": "dev"},
            (
                "yes",
                "the branch is 'dev' (the branches that its options name)",
                "{provider: heroku, app: {dev: one, master: two}}",
            ),
            id="options name branches",
        ),
        pytest.param(
            "{provider: pypi, password: {secure: abc}}",
            {},
            ("yes", f"the branch is 'master', {DEFAULT}", "{provider: pypi, password: {secure: abc}}"),
            id="encrypted options do not",
        ),
    ],
)
def test_one(deploy: str, event: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert one(f"{PYTHON}deploy: {deploy}\n", **event) == expected


def test_keys_that_are_not_tested_are_told() -> None:
    answer, because, _ = one(f"{PYTHON}deploy: {{provider: pypi, on: {{os: osx}}}}\n")
    assert (answer, because.split("; ")[-1]) == ("yes", "Travis does not test 'os' of 'on'")


@pytest.mark.parametrize("value", ["skip", "ignore", "[skip]"])
def test_skipping_after_success_skips_deploying(value: str) -> None:
    answer, because, text = one(f"after_success: {value}\ndeploy: pypi\n")
    assert (answer, because) == ("no", "after_success is skipped, and deploying is a part of it")
    assert text == value


def test_numbers_and_jobs() -> None:
    text = "deploy:\n- provider: pypi\n- provider: script\n  on: {tags: true}\njobs:\n  include:\n  - name: a\n  - name: b\n"
    assert [(one.job.name, one.number, one.provider, one.answer) for one in found(text)] == [
        ("a", 1, "pypi", "yes"),
        ("a", 2, "script", "no"),
        ("b", 1, "pypi", "yes"),
        ("b", 2, "script", "no"),
    ]


@pytest.mark.parametrize(
    "deploy", ["false", "[]", "[1, [x]]", "{on: [1]}", "{provider: [a], on: {branch: {a: b}}}", "{on: 1}"]
)
def test_odd_values_never_raise(deploy: str) -> None:
    for event in ({}, {"tag": "v1", "branch": "v1"}, {"type": "pull_request"}, {"branch": None}):
        for deployment in found(f"{PYTHON}deploy: {deploy}\n", **event):
            assert deployment.because


ON_WINDOWS = "the job runs on Windows, where Travis does not deploy with dpl 2; dpl_version: 1.10.16 asks for dpl 1"


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        pytest.param("on: {all_branches: true}", "no", id="none given"),
        pytest.param("edge: true", "no", id="edge"),
        pytest.param("edge: true, dpl_version: 1.10.1", "yes", id="edge does not count"),
        pytest.param("dpl_version: 2.0.0", "no", id="2"),
        pytest.param("dpl_version: '2'", "no", id="just the major number"),
        pytest.param("dpl_version: 10.1", "no", id="numbers, not text"),
        pytest.param("dpl_version: 2.0.0.alpha", "no", id="the first of them"),
        pytest.param("dpl_version: 2.0.0.beta.1", "no", id="pre-release"),
        pytest.param("dpl_version: 2.0.0.a", "yes", id="before the first of them"),
        pytest.param("dpl_version: 1.10.1", "yes", id="1"),
        pytest.param("dpl_version: '1.9'", "yes", id="1.9"),
    ],
)
def test_only_dpl_1_on_windows(options: str, answer: str) -> None:
    found = one(f"os: windows\nlanguage: shell\ndeploy: {{provider: pypi, {options}}}\n")
    assert found[0] == answer
    assert found == ("no", ON_WINDOWS, "windows") or answer == "yes"
    assert one(f"language: shell\ndeploy: {{provider: pypi, {options}}}\n")[0] == "yes"


def test_a_version_that_is_none_stops_travis_everywhere() -> None:
    reason = "'< 2' is not the number of a version, Travis stops with an error"
    assert one("language: shell\ndeploy: {provider: pypi, dpl_version: < 2}\n") == ("no", reason, "< 2")


@pytest.mark.parametrize("branch", ["{dev: a, next: b}", "[{dev: a}, {next: b}]", "[{dev: a}, next]"])
def test_keys_of_a_map_are_branches(branch: str) -> None:
    deploy = f"{PYTHON}deploy: {{provider: pypi, on: {{branch: {branch}}}}}\n"
    assert one(deploy, branch="dev")[:2] == ("yes", "the branch is 'dev'")
    assert one(deploy, branch="next")[:2] == ("yes", "the branch is 'next'")
    assert one(deploy)[:2] == ("no", "on.branch is 'dev' or 'next', the branch is 'master'")


def test_all_conditions_are_told() -> None:
    found = one(f"{PYTHON}deploy: {{provider: pypi, on: {{condition: [$A = 1, $B = 2]}}}}\n")
    expected = "depends on what the job's shell says to [[ $A = 1 ]] and [[ $B = 2 ]]"
    assert found == ("depends", expected, "[$A = 1, $B = 2]")
