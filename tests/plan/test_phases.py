"""A job's phases: those of the config, those of the language, and what a failure of them does."""

from typing import Any

import pytest

from tests.plan.plans import plan
from travistool.catalog.project import Listing
from travistool.catalog.wording import phrase, to_shell
from travistool.plan.model import Job
from travistool.plan.phases import PHASES, Phase, default_commands, language_of, phases, skipped

ALL = """\
language: shell
before_install: echo bi
install: [echo i1, echo i2]
before_script: echo bs
script:
  - |
    echo s1
    echo s2
  - true
before_cache: echo bc
after_success: echo ok
after_failure: echo bad
before_deploy: echo bd
deploy:
  - provider: script
    script: ./deploy.sh
  - provider: npm
after_deploy: echo ad
after_script: echo as
"""


def job(text: str) -> Job:
    return plan(text).jobs[0]


def raw(**config: Any) -> Job:
    """Return a job as a job's own map may say it, past all repairs of the config."""
    return Job("1.1", None, None, False, {"language": "shell", **config}, {})


def named(found: tuple[Phase, ...]) -> dict[str, Phase]:
    return {phase.name: phase for phase in found}


def test_all_phases_in_order() -> None:
    found = phases(job(ALL))
    assert tuple(phase.name for phase in found) == PHASES
    assert {phase.name: [entry.text for entry in phase.entries] for phase in found} == {
        "before_install": ["echo bi"],
        "install": ["echo i1", "echo i2"],
        "before_script": ["echo bs"],
        "script": ["echo s1\necho s2\n", "true"],
        "before_cache": ["echo bc"],
        "after_success": ["echo ok"],
        "after_failure": ["echo bad"],
        "before_deploy": ["echo bd"],
        "deploy": ["./deploy.sh", "dpl --provider=npm"],
        "after_deploy": ["echo ad"],
        "after_script": ["echo as"],
    }
    assert not any(phase.is_default for phase in found)


def test_what_a_failing_command_does() -> None:
    assert [(phase.name, phase.runs, phase.failure, phase.stops) for phase in phases(job(ALL))] == [
        ("before_install", "always", "errored", True),
        ("install", "always", "errored", True),
        ("before_script", "always", "errored", True),
        ("script", "always", "failed", False),
        ("before_cache", "always", None, False),
        ("after_success", "passed", None, False),
        ("after_failure", "failed", None, False),
        ("before_deploy", "passed", "errored", True),
        ("deploy", "passed", "errored", True),
        ("after_deploy", "passed", None, False),
        ("after_script", "always", None, False),
    ]


def test_places() -> None:
    found = named(phases(job(ALL)))
    written = {name: [entry.span.text for entry in phase.entries if entry.span] for name, phase in found.items()}
    assert written["install"] == ["echo i1", "echo i2"]
    assert written["before_install"] == ["echo bi"]
    assert written["deploy"] == ["provider: script\n    script: ./deploy.sh", "provider: npm"]
    assert [phase.origin is not None and phase.origin.kind for phase in found.values()] == ["root"] * len(PHASES)


def test_places_of_an_included_job() -> None:
    found = named(phases(job("language: shell\nscript: make\njobs:\n  include:\n    - script: [make one, make two]\n")))
    script = found["script"]
    assert [(entry.text, entry.span and entry.span.text) for entry in script.entries] == [
        ("make one", "make one"),
        ("make two", "make two"),
    ]
    assert script.origin is not None
    assert script.origin.kind == "include"


@pytest.mark.parametrize(
    ("deploy", "expected"),
    [
        pytest.param({"provider": "npm", "allow_failure": True}, (None, False), id="may-fail"),
        pytest.param(
            [{"provider": "npm", "allow_failure": True}, {"provider": "s3"}], ("errored", True), id="one-may-not"
        ),
    ],
)
def test_deploy_that_may_fail(deploy: Any, expected: tuple[str | None, bool]) -> None:
    found = named(phases(raw(script="x", deploy=deploy, before_deploy="y")))
    assert (found["deploy"].failure, found["deploy"].stops) == expected
    assert found["before_deploy"].stops


@pytest.mark.parametrize(
    ("config", "expected", "left_out"),
    [
        pytest.param({"script": "skip"}, [], ["script"], id="skip"),
        pytest.param({"script": ["ignore"]}, [], ["script"], id="ignore-in-a-list"),
        pytest.param({"script": ["skip", "make"]}, [("script", ["skip", "make"])], [], id="one-command-of-many"),
        pytest.param({"script": "", "install": [None]}, [("install", [""]), ("script", [""])], [], id="empty-commands"),
        pytest.param({"script": True}, [("script", ["true"])], [], id="true-is-a-command"),
        pytest.param({"script": ["x", 42]}, [("script", ["x", "42"])], [], id="number-is-a-command"),
        pytest.param({"script": []}, [], [], id="empty-list"),
        pytest.param({"script": False}, [], [], id="shell-has-no-default"),
        pytest.param({"before_deploy": "x", "after_deploy": "y"}, [], [], id="nothing-to-deploy"),
        pytest.param(
            {"after_success": "skip", "deploy": {"provider": "npm"}, "before_deploy": "x"},
            [],
            ["after_success"],
            id="deploying-is-skipped-with-after-success",
        ),
        pytest.param({"deploy": False, "after_deploy": "x"}, [], [], id="deploy-is-off"),
    ],
)
def test_what_is_left_out(config: dict[str, Any], expected: list[Any], left_out: list[str]) -> None:
    one = raw(**config)
    assert [(phase.name, [entry.text for entry in phase.entries]) for phase in phases(one)] == expected
    assert list(skipped(one)) == left_out


def test_defaults_are_written_out() -> None:
    found = named(phases(job("language: java\nos: linux\n")))
    assert list(found) == ["install", "script"]
    assert found["script"].is_default
    assert found["script"].failure == "failed"
    (choice,) = found["script"].default
    assert [
        (phrase(rule.check, number == 0), to_shell(rule.check), [command.text for command in rule.commands])
        for number, rule in enumerate(choice)
    ] == [
        ("if gradlew exists", "[[ -f gradlew ]]", ["./gradlew check"]),
        ("if build.gradle exists", "[[ -f build.gradle ]]", ["gradle check"]),
        ("if mvnw exists", "[[ -f mvnw ]]", ["./mvnw test -B"]),
        ("if pom.xml exists", "[[ -f pom.xml ]]", ["mvn test -B"]),
        ("otherwise", "true", ["ant test"]),
    ]


def test_own_phases_replace_defaults() -> None:
    found = named(phases(job("language: java\ninstall: skip\nscript: make\n")))
    assert list(found) == ["script"]
    assert not found["script"].is_default


def test_the_config_decides_what_it_can() -> None:
    found = named(phases(job("language: haxe\nhxml: [a.hxml, b.hxml]\n")))
    assert [[command.text for rule in choice for command in rule.commands] for choice in found["script"].default] == [
        ['haxe "a.hxml"', 'haxe "b.hxml"']
    ]


def test_rust_has_a_default_before_cache() -> None:
    found = named(phases(job("language: rust\n")))
    assert list(found) == ["script", "before_cache"]
    assert found["before_cache"].is_default


def test_no_language_is_ruby() -> None:
    one = raw()
    assert language_of(one._replace(config={})).name == "ruby"


def test_default_commands() -> None:
    one = job("language: go\ngo: '1.14'\n")
    outcome = default_commands(one, Listing(frozenset(("Makefile",))))
    assert {name: (found.shown, found.messages, found.fails) for name, found in outcome.items()} == {
        "install": (("travis_install_go_dependencies 1.14 -v",), ("Makefile detected",), False),
        "script": (("travis_script_go -v",), (), False),
    }
    assert [command.text for command in outcome["script"].commands] == ["make"]


def test_commands_that_the_log_does_not_show() -> None:
    outcome = default_commands(job("language: rust\n"), Listing(frozenset()))["before_cache"]
    assert outcome.shown == ()
    assert [command.text for command in outcome.commands] == ['rm -rf "$HOME/.cargo/registry/src"']


def test_python_has_no_default_script() -> None:
    outcome = default_commands(job("language: python\n"), Listing(frozenset()))["script"]
    assert (outcome.fails, outcome.messages) == (
        True,
        ("Please override the script: key in your .travis.yml to run tests.",),
    )
