"""What a migration leaves out is told: what, where and why; what does something is not among it."""

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target


def _left(text: str, name: str = "gitlab") -> dict[str, str]:
    chosen = target(name)
    assert chosen is not None
    return {what: one.why for one in migrate(normal(text), chosen).left for what in one.what}


@pytest.mark.parametrize(
    ("text", "what", "why"),
    [
        pytest.param(
            "language: python\nrvm: 2\n", "rvm", "no job has a language or system that it is for", id="language"
        ),
        pytest.param(
            "language: r\nbrew_packages: a\nscript: x\n",
            "brew_packages",
            "",
            id="R's default install asks for it on macOS",
        ),
        pytest.param(
            "language: r\nr_packages: a\ninstall: x\n",
            "r_packages",
            "only the default of 'install' asks for it, which the config replaces",
            id="only a default",
        ),
        pytest.param("language: r\nr_packages: a\n", "r_packages", "", id="a default that is there"),
        pytest.param("sudo: false\nscript: x\n", "sudo", "jobs may become root wherever they run", id="sudo"),
        pytest.param("foo: 1\nscript: x\n", "foo", "Travis does not know it", id="unknown"),
        pytest.param("git: {clone: false}\nscript: x\n", "git.clone", "", id="unknown to the parser only"),
        pytest.param(
            "jobs: {include: [{git: {clone: false}, script: x}]}\n",
            "jobs.include.git.clone",
            "",
            id="the same in a job",
        ),
        pytest.param(
            "language: python\ncache: {bundler: true, pip: true}\nscript: x\n",
            "cache.bundler",
            "jobs in python have no cache of that kind",
            id="a cache of another language",
        ),
        pytest.param("language: python\ncache: {pip: true}\nscript: x\n", "cache.pip", "", id="its own cache"),
        pytest.param(
            "jobs: {fast_finish: true}\nscript: x\n",
            "jobs.fast_finish",
            "a build ends there when all of its jobs have ended",
            id="fast_finish",
        ),
        pytest.param(
            "os: osx\naddons: {apt: {packages: a}}\nscript: x\n",
            "addons.apt",
            "it does nothing on os 'osx'",
            id="an addon of another system",
        ),
        pytest.param(
            "os: [osx, linux]\naddons: {apt: {packages: a}}\nscript: x\n", "addons.apt", "", id="of one of two"
        ),
        pytest.param("script: x\nafter_deploy: y\n", "after_deploy", "nothing is deployed", id="around no deployment"),
        pytest.param(
            "jobs: {include: [{script: a}, {script: b}]}\nscript: x\n",
            "script",
            "every job has a value of its own",
            id="replaced everywhere",
        ),
        pytest.param("jobs: {include: [{script: a}, {os: osx}]}\nscript: x\n", "script", "", id="replaced somewhere"),
        pytest.param(
            "if: branch = a\njobs: {include: [{if: tag IS present}]}\nscript: x\n", "if", "", id="of the build"
        ),
        pytest.param(
            "script: x\nnotifications: {email: false}\n",
            "notifications.email",
            "it is switched off; what the system sends is a setting of each person's account",
            id="mail that is off",
        ),
        pytest.param(
            "script: x\nnotifications: {email: {on_success: never}}\n",
            "notifications.email",
            "authors get mail as their own accounts say there",
            id="mail to authors",
        ),
        pytest.param("script: x\nnotifications: {email: a@b.c}\n", "notifications.email", "", id="mail to others"),
        pytest.param(
            "script: x\ndeploy: {provider: script, script: y, skip_cleanup: true}\n",
            "deploy.skip_cleanup",
            "no version of Travis's own tool runs that would ask for it",
            id="the tool's option",
        ),
        pytest.param(
            "script: x\ndeploy: {provider: pypi, username: me, password: you}\n",
            "deploy.username",
            "the commands that deploy with pypi do without",
            id="an option nobody needs",
        ),
    ],
)
def test_told(text: str, what: str, why: str) -> None:
    assert _left(text).get(what, "") == why


def test_what_a_target_has_nothing_of() -> None:
    text = "language: python\npython: 3.12\ndist: jammy\ngit: {depth: 3}\nscript: x\n"
    assert _left(text, "github") == {}
    assert set(_left(text, "circleci")) == {"dist", "git.depth"}
    assert set(_left(text, "gitlab")) == {"dist"}


def test_equal_reasons_are_one_line() -> None:
    chosen = target("github")
    assert chosen is not None
    (one,) = migrate(normal("script: x\nfoo: 1\njobs:\n  include:\n  - bar: 2\n"), chosen).left
    assert (one.what, one.lines) == (("foo", "jobs.include.bar"), (2, 5))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "script: git clone git://github.com/a/b\n",
            "a command fetches by git://github.com/, which answers nobody any more",
        ),
        ("language: r\ncran: x\n", "'cran' tells Travis how to set up r, which jobs come with there"),
        (
            "language: ruby\nrvm: 3\nservices: docker\n",
            "nothing installs rvm 3 on machines of jobs that start containers",
        ),
        (
            "language: android\nandroid: {components: [a]}\n",
            "'android' names components of the SDK, which no step installs",
        ),
        (
            "os: osx\nosx_image: xcode10\nscript: x\n",
            "jobs run with the Xcode of their machine there, not with that of 'xcode10'",
        ),
        (
            "script: x\nnotifications: {irc: {channels: a, use_notice: true}}\n",
            "messages by 'irc' to a are sent by the website, always, with options of their own (use_notice)",
        ),
    ],
)
def test_what_is_missing_is_a_task(text: str, reason: str) -> None:
    chosen = target("gitlab")
    assert chosen is not None
    assert reason in [task.reason for task in migrate(normal(text), chosen).tasks]


def test_no_version_is_no_task() -> None:
    chosen = target("gitlab")
    assert chosen is not None
    made = migrate(normal("language: csharp\nmono: none\nos: osx\nscript: x\n"), chosen)
    assert [task for task in made.tasks if task.kind == "version"] == []
