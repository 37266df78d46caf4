"""What is said before a run."""

from typing import Any

import pytest

from tests.plan.plans import plan
from travistool.plan.model import Event
from travistool.simulate.addresses import Address
from travistool.simulate.given import Given, encrypted, resolve
from travistool.simulate.preflight import Facts, addresses_of, preflight
from travistool.simulate.script.facts import BESIDE, HERE, Build, Means


def told(config: str, means: Means = BESIDE, event: Event = Event(), given: Given = Given(), **facts: Any) -> list[str]:
    made = plan(config)
    build = Build(event=event, repo="acme/demo")
    found = preflight(
        made.jobs, build, resolve(encrypted(made.jobs), given), Facts(means, facts.pop("refused", {}), **facts)
    )
    return [f"{one.severity} {','.join(one.jobs)}: {one.message}" for one in found]


FOLDERS = frozenset(("src", "src/inner", "Docs"))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("[cd src, cd inner]", [], id="folders that are there, one in the other"),
        pytest.param(
            "[cd src, cd docs]",
            ["problem 1.1: script goes to the folder 'docs', which the repository lacks"],
            id="relative",
        ),
        pytest.param("[cd src, cd ../Docs, cd ..]", [], id="up again"),
        pytest.param("[cd $HOME, cd /tmp, cd -]", [], id="what only a shell knows"),
        pytest.param("[mkdir build, cd build]", [], id="made on the way"),
        pytest.param("[git clone x, cd x]", [], id="cloned on the way"),
        pytest.param("cd a b", [], id="not a plain cd"),
    ],
)
def test_folders(script: str, expected: list[str]) -> None:
    assert told(f"language: shell\nscript: {script}\n", folders=lambda: FOLDERS) == expected


def test_what_is_in_submodules_nobody_knows() -> None:
    config = "language: shell\nscript: [cd lib, cd inner]\n"
    assert told(config, folders=lambda: FOLDERS | {"lib"}, elsewhere=lambda: {"lib"}) == []
    assert told(config, folders=lambda: FOLDERS | {"lib"}) == [
        "problem 1.1: script goes to the folder 'inner', which the repository lacks"
    ]


@pytest.mark.parametrize(
    ("phase", "hint"), [("install", "the job is errored there"), ("script", "what follows runs in the wrong folder")]
)
def test_what_a_missing_folder_does(phase: str, hint: str) -> None:
    made = plan(f"language: shell\n{phase}: cd nowhere\n")
    (one,) = preflight(made.jobs, Build(event=Event()), resolve((), Given()), Facts(BESIDE, {}, lambda: FOLDERS))
    assert one.hint == f"the command fails, and {hint}"


@pytest.mark.parametrize(("goal", "near"), [("docs", "Docs"), ("inner", "src/inner")])
def test_a_near_folder_is_the_hint(goal: str, near: str) -> None:
    made = plan(f"language: shell\nscript: cd {goal}\n")
    (one,) = preflight(
        made.jobs, Build(event=Event()), resolve(encrypted(made.jobs), Given()), Facts(BESIDE, {}, lambda: FOLDERS)
    )
    assert one.hint == f"there is '{near}'"


SECRETS = "language: shell\nenv: {global: [{secure: C1}, NAMED: {secure: C2}]}\nscript: 'echo $P | docker login --password-stdin'\n"


def test_secrets_and_the_login_that_needs_them() -> None:
    assert told(SECRETS) == [
        "problem 1.1: only Travis can decrypt secret 1, NAMED",
        "problem 1.1: the login in script has no password without its secret: 'echo $P | docker login --password-stdin'",
    ]
    assert told(SECRETS, given=Given({"P": "x" * 8, "NAMED": "y" * 8})) == []


def test_short_secrets_are_told_once() -> None:
    assert told(SECRETS, given=Given({"P": "ab", "NAMED": "cd"})) == [
        "note : a secret has fewer than 3 characters and is not hidden, as on Travis"
    ]


def test_pull_requests_of_forks_have_none() -> None:
    event = Event("pull_request", repo="acme/demo", head_repo="me/demo")
    assert told(SECRETS, event=event) == [
        "note 1.1: secrets are not there: the pull request is from another repository, as on Travis"
    ]


def test_a_machine_that_must_not_change() -> None:
    config = "language: node_js\nservices: redis\naddons: {apt: {packages: x}, sauce_connect: true}\nscript: sudo x\n"
    assert told(config, HERE, has=lambda _: False) == [
        "problem 1.1: 'sudo' is not run on this machine, and fails",
        "problem 1.1: there is no 'node' on this machine, which node_js needs",
        "note 1.1: services are not started on this machine: 'redis-server'",
        "note 1.1: the addon 'sauce_connect' is not simulated",
        "note 1.1: packages are not installed on this machine",
    ]
    assert told(config, BESIDE) == ["note 1.1: the addon 'sauce_connect' is not simulated"]


@pytest.mark.parametrize("language", ["elixir", "go", "ruby"])
def test_what_brings_versions_is_not_the_language(language: str) -> None:
    config = f"language: {language}\nscript: 'true'\n"
    assert told(config, HERE, has=lambda name: name == language) == []
    assert told(config, HERE, has=lambda name: name in ("gimme", "kiex", "rvm")) == [
        f"problem 1.1: there is no '{language}' on this machine, which {language} needs"
    ]


def test_snaps_of_containers() -> None:
    config = "language: shell\naddons: {snaps: [a]}\nscript: 'true'\n"
    assert told(config) == ["problem 1.1: containers have no snaps, and the job is errored there"]
    assert told(f"dist: trusty\n{config}") == []
    assert told(config, HERE) == ["note 1.1: packages are not installed on this machine"]


def test_a_program_that_a_variable_names_is_none() -> None:
    assert told("language: d\nscript: 'true'\n", HERE, has=lambda _: False) == [
        "problem 1.1: there is no 'dub' on this machine, which d needs"
    ]


def test_services_that_run_here_are_used() -> None:
    config = "language: shell\nservices: [redis, postgresql, xvfb]\n"
    assert told(config, HERE, listens=lambda port: port == 6379) == [
        "problem 1.1: nothing listens at 127.0.0.1:5432, where the service 'postgresql' would",
        "note 1.1: services are not started on this machine: 'redis-server', 'xvfb'",
    ]
    assert told(config, BESIDE, listens=lambda _: False) == []


def test_what_cannot_run_says_nothing_else() -> None:
    config = "language: shell\nos: osx\nscript: cd nowhere\n"
    assert told(config, refused={"1.1": "it runs on osx"}, folders=lambda: FOLDERS) == [
        "skipped 1.1: cannot run here: it runs on osx"
    ]


def test_machines_that_do_not_answer_are_told_once() -> None:
    config = "language: shell\nenv: [A=1, A=2]\ninstall: curl -L https://Example.org/x | sh\nscript: echo https://other.org\n"
    assert addresses_of(plan(config).jobs) == {Address("example.org")}
    assert told(config, unreachable={Address("example.org"), Address("other.org")}) == [
        "problem 1.1,1.2: install needs 'example.org', which cannot be reached from here"
    ]
    assert told(config) == []


def test_what_needs_a_machine_and_does_not_count() -> None:
    config = "language: shell\nscript: 'true'\nafter_success: nc -z db.example.org 9000\n"
    assert told(config, unreachable={Address("db.example.org", 9000)}) == [
        "note 1.1: after_success needs 'db.example.org:9000', which cannot be reached from here"
    ]


def test_jobs_without_a_network() -> None:
    config = "language: shell\nscript: curl https://example.org\n"
    assert told(config, unreachable={Address("example.org")}, is_cut_off=True) == [
        "problem 1.1: script needs 'example.org', which --network none keeps from jobs"
    ]
