"""Programs of Travis's machines: the lines that stand for them, run where that is possible."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.migrate.migrated import migrated
from tests.plan.plans import normal
from travistool.migrate.functions import FUNCTIONS, functions_in
from travistool.migrate.migrate import migrate, prepare
from travistool.migrate.model import Row
from travistool.migrate.programs import compose, display, gopath, nvm
from travistool.migrate.targets import TARGETS, target


def _row(text: str) -> Row:
    return prepare(normal(text)).build.rows[0]


def _bash(script: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder)}
    ran = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


def _program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        pytest.param("script: docker-compose up -d", True, id="plain"),
        pytest.param("script: make && docker-compose down", True, id="behind another"),
        pytest.param("script: cat docker-compose.yml", False, id="a file of that name"),
        pytest.param("os: osx\nscript: docker-compose up", False, id="no docker there"),
        pytest.param("script: docker compose up", False, id="the new name"),
    ],
)
def test_compose_is_there_for_those_who_call_it(text: str, calls: bool) -> None:
    assert bool(compose(_row(text))) == calls


def test_compose_calls_docker(tmp_path: Path) -> None:
    lines = "\n".join(compose(_row("script: docker-compose up"))).replace("/usr/local/bin", str(tmp_path))
    _program(tmp_path, "docker", 'echo "docker $*"')
    _program(tmp_path, "sudo", 'exec "$@"')
    assert _bash(f"{lines}\ndocker-compose -f 'a b' up", tmp_path) == "docker compose -f a b up\n"


def test_the_old_script_of_the_display_starts_one(tmp_path: Path) -> None:
    row = _row("script: [sh -e /etc/init.d/xvfb start, make]")
    assert not any("DISPLAY" in line for line in display(row, installs=False))
    lines = "\n".join(display(row, installs=True)).replace("/etc/init.d", str(tmp_path))
    _program(tmp_path, "sudo", 'exec "$@"')
    _program(tmp_path, "Xvfb", f'echo "$@" > {tmp_path}/display')
    _bash(f"{lines}\nsh -e {tmp_path}/xvfb start\nwait\nsleep 0.5", tmp_path)
    assert (tmp_path / "display").read_text().startswith(":99 ")


def test_the_service_starts_a_display_itself() -> None:
    assert display(_row("services: xvfb\nscript: make"), installs=False)[-1] == "export DISPLAY=:99.0"
    assert display(_row("os: osx\nservices: xvfb\nscript: make"), installs=False) == ()
    (github,) = (one for one in TARGETS if one.name == "github")
    assert (
        'echo "DISPLAY=$DISPLAY" >> "$GITHUB_ENV"'
        in migrate(normal("services: xvfb\nscript: make"), github).files[0].text
    )


def test_phpenv_changes_settings(tmp_path: Path) -> None:
    folder = tmp_path / "conf.d"
    folder.mkdir()
    for name in ("20-xdebug.ini", "other.ini"):
        (folder / name).touch()
    (tmp_path / "my.ini").touch()
    _program(tmp_path, "php", f"printf %s {folder}")
    _program(tmp_path, "sudo", 'exec "$@"')
    script = f"cd {tmp_path}\n{FUNCTIONS['phpenv']}\nphpenv config-rm xdebug.ini && phpenv config-add my.ini && phpenv rehash"
    _bash(script, tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["my.ini", "other.ini"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_is_found_where_it_alone_is_called(name: str) -> None:
    assert name in functions_in(f"true\n{name} config-rm xdebug.ini")
    text = f"language: php\nphp: '8.2'\nbefore_install: {name} config-rm xdebug.ini\nscript: phpunit\n"
    assert f"{name}() " in migrate(normal(text), TARGETS[0]).files[0].text


@pytest.mark.parametrize("name", [one.name for one in TARGETS])
def test_nvm_is_a_function_before_it_is_called(name: str) -> None:
    text = migrated("language: ruby\nbefore_install: nvm install 18\nscript: rake\n", name).files[0].text
    assert text.index("nvm.sh") < text.index("nvm install 18")
    assert nvm(_row("script: echo nvm")) == ()


def test_managers_of_versions_are_told() -> None:
    tasks = prepare(normal("before_install: [rvm use 2.3, echo jdk_switcher]\nscript: make")).tasks
    assert [one.reason for one in tasks.all() if one.kind == "command"] == [
        "a command calls 'rvm', which switches versions on Travis's machines only"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [("email: false", False), ("email: {enabled: false}", False), ("email: [a@b.c]", True), ("irc: chat#x", True)],
)
def test_messages_that_are_off_are_no_task(text: str, told: bool) -> None:
    gitlab = target("gitlab")
    assert gitlab is not None
    tasks = migrate(normal(f"script: make\nnotifications: {{{text}}}"), gitlab).tasks
    assert any(one.kind == "notification" for one in tasks) == told


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("language: go\ngo: 1.11.x\ngo_import_path: a.b/c", "a.b/c", id="as written"),
        pytest.param("language: go\ngo: 1.9", "github.com/acme/demo", id="the repository's"),
        pytest.param(
            "language: go\ngo: 1.20\nscript: $GOPATH/bin/x", "github.com/acme/demo", id="a command asks for it"
        ),
        pytest.param("language: go\ngo: 1.20", "", id="modules"),
        pytest.param("language: python\nscript: $GOPATH/bin/x", "", id="another language"),
    ],
)
def test_the_repository_is_linked_into_gopath(text: str, path: str, tmp_path: Path) -> None:
    row = _row(text)
    assert "TRAVIS_REPO_SLUG" in row.builtins or "SLUG" not in "\n".join(gopath(row))
    work = tmp_path / "work"
    work.mkdir()
    lines = "\n".join((f"cd {work}", "TRAVIS_REPO_SLUG=acme/demo", *gopath(row), 'echo "$GOPATH"'))
    home = _bash(lines, tmp_path).strip()
    assert home == (f"{tmp_path}/gopath" if path else "")
    assert (tmp_path / "gopath" / "src" / path).resolve() == work if path else not (tmp_path / "gopath").exists()


def test_steps_of_github_hand_variables_on() -> None:
    (github,) = (one for one in TARGETS if one.name == "github")
    text = migrate(normal("language: go\ngo: 1.9\n"), github).files[0].text
    for line in (
        'export GOPATH="$HOME/gopath"',
        'echo "GOPATH=$GOPATH" >> "$GITHUB_ENV"',
        'echo "$GOPATH/bin" >> "$GITHUB_PATH"',
    ):
        assert f"          {line}\n" in text


@pytest.mark.parametrize(
    ("first", "times"),
    [
        pytest.param("[cd x, travis_retry make]", 1, id="the shell's state is handed on, functions included"),
        pytest.param("[cd x, make]", 1, id="the later step is the first that calls it"),
        pytest.param("travis_retry make", 2, id="every step has a shell of its own"),
    ],
)
def test_functions_are_written_where_they_are_not_there_yet(first: str, times: int) -> None:
    (github,) = (one for one in TARGETS if one.name == "github")
    text = migrate(normal(f"script: {first}\nafter_success: travis_retry report\n"), github).files[0].text
    assert text.count("travis_retry() {") == times


@pytest.mark.parametrize(
    ("command", "told"),
    [
        pytest.param("sudo service mysql restart", "'mysql'", id="service"),
        pytest.param("sudo systemctl start postgresql", "'postgresql'", id="systemctl"),
        pytest.param("sudo /etc/init.d/redis-server stop", "'redis-server'", id="the old way"),
        pytest.param("cat /home/travis/build/acme/demo/log", "/home/travis", id="the user's folder"),
        pytest.param("service list && ls /home", "", id="nothing of these"),
    ],
)
def test_what_is_on_the_machine(command: str, told: str) -> None:
    found = [task.reason for task in prepare(normal(f"script: {command}")).tasks.all() if task.kind == "command"]
    assert [told in reason for reason in found] == ([True] if told else [])


def test_phpenv_tells_the_version(tmp_path: Path) -> None:
    php = tmp_path / "php"
    php.write_text('#!/bin/sh\ncase "$2" in *SCAN_DIR*) ;; *MAJOR*MINOR*) echo 7.2 ;; esac\n')
    php.chmod(0o755)
    script = f'{FUNCTIONS["phpenv"]}\necho "[$(phpenv version-name)]"'
    ran = subprocess.run(
        ["bash", "-euc", script], env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, check=True
    )
    assert ran.stdout == b"[7.2]\n"
