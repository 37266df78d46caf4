"""Programs that images lack and jobs call, the images with build tools, and the packages of old images."""

import subprocess
from pathlib import Path

import pytest

from tests.migrate.migrated import migrated
from tests.plan.plans import normal
from travistool.migrate.migrate import migrate, prepare
from travistool.migrate.model import Row
from travistool.migrate.targets import TARGETS
from travistool.migrate.tools import archive, tools


def _rows(text: str) -> tuple[Row, ...]:
    return prepare(normal(text)).build.rows


def _output(text: str, name: str) -> str:
    return migrated(text, name).files[0].text


@pytest.mark.parametrize(
    ("text", "packages"),
    [
        pytest.param("language: python\nscript: cmake . && make && jq . a", "cmake jq", id="called"),
        pytest.param("language: c\ncompiler: clang\nscript: make", "clang", id="the compiler"),
        pytest.param(
            "language: python\naddons: {apt: {packages: [cmake]}}\nscript: cmake .", "", id="the addon has it"
        ),
        pytest.param(
            "language: python\ninstall: sudo apt-get install cmake\nscript: cmake .", "", id="a command has it"
        ),
        pytest.param("language: python\nscript: echo cmake is here", "", id="only named"),
        pytest.param("language: cpp\nscript: pip install x", "python3-pip", id="of another language"),
        pytest.param("language: cpp\ndist: xenial\nscript: pip install x", "python-pip", id="under its old name"),
        pytest.param("language: python\nscript: pip install x && npm ci", "npm", id="its own is there"),
        pytest.param("language: python\nscript: [nvm install 4, npm ci]", "", id="nvm brings it"),
        pytest.param("language: cpp\ninstall: apt-get install python3-pip\nscript: pip3 list", "", id="brought"),
        pytest.param("language: nix\nscript: pip list", "", id="no Debian"),
        pytest.param("language: python\nscript: git push", "", id="most images have git"),
        pytest.param("language: php\nscript: git push", "git", id="some have not"),
        pytest.param("language: php\ninstall: travis_retry composer install", "git unzip", id="what composer needs"),
        pytest.param(
            "language: ruby\nservices: postgresql\nscript: psql -c 'x' -U postgres", "postgresql-client", id="a client"
        ),
        pytest.param("os: osx\nscript: cmake .", "", id="machines have all"),
    ],
)
def test_packages(text: str, packages: str) -> None:
    (row,) = _rows(text)
    line = next((one for one in tools(row) if "apt-get install" in one), "")
    assert line.partition("--no-install-recommends ")[2].partition(";")[0] == packages


@pytest.mark.parametrize("name", [one.name for one in TARGETS if one.name != "github"])
def test_php_has_composer(name: str) -> None:
    assert "https://getcomposer.org/installer" in _output("language: php\ninstall: composer install", name)


def test_github_s_machines_have_composer() -> None:
    assert "getcomposer" not in _output("language: php\ninstall: composer install", "github")


@pytest.mark.parametrize(
    ("text", "image"),
    [
        pytest.param("jdk: openjdk11\nscript: mvn test", "maven:3-eclipse-temurin-11", id="maven"),
        pytest.param("jdk: openjdk8", "maven:3-eclipse-temurin-8", id="what is there by default"),
        pytest.param("jdk: openjdk8\ninstall: skip\nscript: gradle check", "gradle:jdk8", id="gradle"),
        pytest.param("jdk: openjdk8\ninstall: skip\nscript: ./gradlew check", "eclipse-temurin:8-jdk", id="a wrapper"),
        pytest.param("jdk: openjdk7\nscript: mvn test", "azul/zulu-openjdk:7", id="no such image"),
    ],
)
def test_images_with_build_tools(text: str, image: str) -> None:
    assert f"image: {image}\n" in _output(f"language: java\n{text}", "gitlab")


@pytest.mark.parametrize(
    ("language", "key", "version", "is_old"),
    [
        ("python", "python", "2.7", True),
        ("python", "python", "3.5", True),
        ("python", "python", "3.6", False),
        ("python", "python", "3.11", False),
        ("node_js", "node_js", "16", True),
        ("node_js", "node_js", "17", False),
        ("perl", "perl", "5.28", True),
        ("perl", "perl", "5.30", False),
        ("rust", "rust", "1.54.0", True),
        ("rust", "rust", "1.55.0", False),
    ],
)
def test_old_images(language: str, key: str, version: str, is_old: bool) -> None:
    (row,) = _rows(f"language: {language}\n{key}: '{version}'\nscript: sudo apt-get install x")
    assert bool(archive(row, row.texts)) == is_old


def test_rows_of_one_language_stay_alike() -> None:
    rows = _rows("language: python\npython: ['2.7', '3.11']\nscript: sudo apt-get install x")
    assert [bool(archive(row, row.texts)) for row in rows] == [True, True]


def test_nothing_is_installed_nothing_is_looked_for() -> None:
    (row,) = _rows("language: python\npython: '2.7'\nscript: make")
    assert archive(row, row.texts) == ()


@pytest.mark.parametrize(("system", "host"), [("10 (buster)", "archive"), ("12 (bookworm)", "deb")])
def test_the_archive_is_for_old_systems_only(system: str, host: str, tmp_path: Path) -> None:
    (row,) = _rows("language: python\npython: '2.7'\nscript: sudo apt-get install x")
    for name in ("apt/apt.conf.d",):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "os-release").write_text(f'PRETTY_NAME="Debian GNU/Linux {system}"\n', encoding="utf-8")
    sources = tmp_path / "apt" / "sources.list"
    sources.write_text(
        "deb http://deb.example.org/debian buster main\ndeb http://deb.example.org/debian buster-updates main\n",
        encoding="utf-8",
    )
    script = "\n".join(archive(row, row.texts)).replace("/etc/", f"{tmp_path}/")
    subprocess.run(["bash", "-e", "-c", script], check=True)
    assert f"deb http://{host}.example.org/debian buster main\n" in sources.read_text(encoding="utf-8")
    assert ("-updates" in sources.read_text(encoding="utf-8")) == (host == "deb")


def test_machines_get_no_language() -> None:
    """No image brings it there; GitHub's actions do."""
    for one in TARGETS:
        told = [
            task.reason
            for task in migrate(normal("language: node_js\nnode_js: 8\nos: [linux, osx]\nscript: make"), one).tasks
            if task.kind == "version"
        ]
        assert told == ([] if one.name == "github" else ["nothing installs node_js 8 on machines with os 'osx'"])


def test_chrome_comes_into_images() -> None:
    text = "language: node_js\nnode_js: 20\naddons: {chrome: stable}\nscript: npm test"
    line = "google-chrome-stable_current_amd64.deb"
    assert line in _output(text, "gitlab")
    assert line not in _output(text, "github")


@pytest.mark.parametrize(
    ("version", "name", "told"),
    [
        pytest.param("latest", "github", 0, id="the machine's"),
        pytest.param("60.0", "github", 1, id="another one"),
        pytest.param("latest", "gitlab", 1, id="none"),
    ],
)
def test_firefox(version: str, name: str, told: int) -> None:
    assert (
        len(
            [
                task
                for task in migrated(f"addons: {{firefox: '{version}'}}\nscript: make", name).tasks
                if task.kind == "addon"
            ]
        )
        == told
    )
