"""The languages: tables, files, schemas and templates agree, and facts that no recording holds."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from travistool.catalog.check import AllOf, AnyOf, Check, ConfigAtLeast, ConfigIs, Configured, Named, Not
from travistool.catalog.language import Language, image
from travistool.catalog.languages import LANGUAGES, language
from travistool.catalog.project import Listing
from travistool.catalog.rule import Command, Default, Rule, chosen, settled
from travistool.catalog.settings import names_of
from travistool.catalog.wording import phrase, to_shell

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (ROOT / "schemas" / "languages").glob("*.json")}
COMMON = set(json.loads((ROOT / "schemas" / "travis.json").read_text())["properties"])
OURS = {"each"}
"""Names that templates have everywhere."""


def defaults(one: Language) -> tuple[Default, ...]:
    return (one.setup, one.announce, one.install, one.script, one.before_cache)


def rules(one: Language) -> Iterator[Rule]:
    for default in defaults(one):
        for choice in default:
            yield from choice


def leaves(check: Check) -> Iterator[Check]:
    match check:
        case AnyOf(checks) | AllOf(checks):
            for inner in checks:
                yield from leaves(inner)
        case Not(inner):
            yield from leaves(inner)
        case _:
            yield check


def checks(one: Language) -> Iterator[Check]:
    found = [rule.check for rule in rules(one)] + [export.check for export in one.exports]
    found += [folder.check for cache in one.caches for folder in cache.folders]
    for check in found:
        yield from leaves(check)


def templates(one: Language) -> Iterator[str]:
    for rule in rules(one):
        yield from (rule.message, rule.shown, *[command.text for command in rule.commands])
    yield from [export.value for export in one.exports]
    yield from [folder.path for cache in one.caches for folder in cache.folders]
    yield from [text for text in (one.images.image, one.images.default, *one.images.versions.values()) if text]
    for check in checks(one):
        yield from [text for text in vars_of(check) if isinstance(text, str)]


def vars_of(check: Check) -> list[Any]:
    if isinstance(check, Configured | ConfigIs | ConfigAtLeast | Named):
        return []
    return [getattr(check, name) for name in check._fields]


def keys(one: Language) -> Iterator[str]:
    yield from (*one.versions, *one.defaults)
    for rule in rules(one):
        if rule.each:
            yield rule.each
    for check in checks(one):
        if isinstance(check, Configured | ConfigIs | ConfigAtLeast) and check.key not in one.names:
            yield check.key
    for template in templates(one):
        yield from names_of(template) - set(one.names) - OURS


def test_every_language_has_a_file() -> None:
    public = {name for name, schema in SCHEMAS.items() if not schema.get("x-internal")}
    assert set(LANGUAGES) == public
    files = {path.stem for path in (ROOT / "travistool" / "catalog" / "languages").glob("[!_]*.py")}
    assert files == {name.replace("-", "_") for name in LANGUAGES}
    assert list(LANGUAGES) == sorted(LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_language(name: str) -> None:
    one = language(name)
    assert one.name == name
    assert one.source.startswith("travis-build lib/travis/build")
    assert one.source.endswith("at 2812e526")
    known = {*SCHEMAS[name]["properties"], *COMMON}
    assert set(keys(one)) <= {*known, *one.unlisted}
    assert not known & set(one.unlisted) - COMMON
    assert {check.name for check in checks(one) if isinstance(check, Named)} <= set(one.names)
    assert one.images.default is not None or one.images.advice


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_axis_that_is_a_version_is_known(name: str) -> None:
    """An axis that no template or check asks for, and no version is, would be a fact that we lack."""
    axes = {key for key, schema in SCHEMAS[name]["properties"].items() if schema.get("x-axis")}
    one = language(name)
    unread = {"dart": {"dart_task"}, "objective-c": {"gemfile", "xcode_scheme", "xcode_sdk"}}
    assert axes - set(keys(one)) <= unread.get(name, set())


@pytest.mark.parametrize("name", LANGUAGES)
def test_commands_and_checks_are_bash(name: str) -> None:
    one = language(name)
    settings = one.settings({"hxml": ["a.hxml"], "solution": "A.sln", "apt_packages": ["x"], "codecov": True}, "a/b")
    lines = []
    for default in defaults(one):
        for choice in settled(default, settings):
            for number, rule in enumerate(choice):
                assert phrase(rule.check, number == 0)
                commands = [command.text for command in rule.commands] or [":"]
                lines += [f"if {to_shell(rule.check)}; then", *commands, "fi"]
    lines += [f"export {export.name}={settings.fill(export.value)}" for export in one.exports]
    script = "\n".join(lines)
    checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert checked.stderr == ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("minimal", "shell"),
        ("bash", "shell"),
        ("c++", "cpp"),
        ("Swift", "objective-c"),
        ("javascript", "node_js"),
        ("unknownlang", "ruby"),
        ("__onion__", "ruby"),
        ("", "ruby"),
    ],
)
def test_names(written: str, expected: str) -> None:
    assert language(written).name == expected


def test_other_names_are_those_of_the_schemas() -> None:
    for name in LANGUAGES:
        for alias in SCHEMAS[name].get("x-aliases", ()):
            assert language(alias).name == name


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        pytest.param("python", {"python": "3.8"}, "python:3.8", id="version"),
        pytest.param("python", {}, "python:3.10", id="default"),
        pytest.param("python", {"python": "3.9-dev"}, "python:3.9", id="numbers"),
        pytest.param("python", {"python": "2.6"}, None, id="none"),
        pytest.param("python", {"python": "pypy3.5-6.0"}, "pypy:3.5", id="numbers-and-a-rest"),
        pytest.param("python", {"python": "pypy-5.4.1"}, "pypy:2.7", id="a-rest"),
        pytest.param("python", {"python": "2.7_with_system_site_packages"}, "python:2.7", id="what-images-do-not-have"),
        pytest.param("php", {"php": "7.4snapshot"}, "php:7.4-cli", id="snapshot"),
        pytest.param("dart", {"dart": "dev/raw/latest"}, "dart:beta", id="a-channel"),
        pytest.param("go", {"go": "1.14.x"}, "golang:1.14", id="go-line"),
        pytest.param("go", {"go": "go1.15"}, "golang:1.15", id="go-prefix"),
        pytest.param("java", {"jdk": "openjdk17"}, "eclipse-temurin:17-jdk", id="number-of-a-jdk"),
        pytest.param("java", {"jdk": "oraclejdk10"}, None, id="refused-jdk"),
        pytest.param("perl", {"perl": "5.3"}, "perl:5.30", id="alias"),
        pytest.param("c", {"dist": "focal"}, "buildpack-deps:focal", id="dist"),
        pytest.param("generic", {}, "buildpack-deps:jammy", id="no-version"),
        pytest.param("csharp", {"mono": "none", "dotnet": "3.1"}, "mcr.microsoft.com/dotnet/sdk:3.1", id="other-key"),
        pytest.param("node_js", {"node_js": ["lts/*", "12"]}, "node:lts", id="first-of-a-list"),
        pytest.param("objective-c", {}, None, id="macos"),
    ],
)
def test_image(name: str, config: dict[str, Any], expected: str | None) -> None:
    one = language(name)
    assert image(one, one.settings(config)) == expected


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        pytest.param("cpp", {"compiler": "clang"}, {"CC": "${CC:-clang}", "CXX": "${CXX:-clang++}"}, id="clang"),
        pytest.param("cpp", {"compiler": "gcc"}, {"CC": "${CC:-gcc}", "CXX": "${CXX:-g++}"}, id="gcc"),
        pytest.param("cpp", {"os": "freebsd"}, {"CC": "${CC:-cc}", "CXX": "${CXX:-c++}"}, id="freebsd"),
        pytest.param("elixir", {"elixir": "1.8", "otp_release": "18"}, {"TRAVIS_OTP_RELEASE": "18"}, id="otp-as-asked"),
        pytest.param("go", {"go": "go1.14"}, {"TRAVIS_GO_VERSION": "1.14"}, id="go"),
        pytest.param("r", {"r": "oldrel"}, {"TRAVIS_R_VERSION": "3.6.3", "TRAVIS_R_VERSION_STRING": "oldrel"}, id="r"),
        pytest.param("elm", {"elm": "0.19.0"}, {"TRAVIS_ELM_TEST_VERSION": "latest-0.19.0"}, id="elm"),
    ],
)
def test_exports(name: str, config: dict[str, Any], expected: dict[str, str]) -> None:
    one = language(name)
    settings = one.settings(config)
    found = {export.name: settings.fill(export.value) for export in one.exports}
    assert {variable: found[variable] for variable in expected} == expected


@pytest.mark.parametrize(
    ("elixir", "otp", "expected"),
    [
        ("1.8", "18.0", "20.0"),
        ("1.6", "17", "19.0"),
        ("1.2", "17", "18.0"),
        ("1.0.5", "18.0", "17.4"),
        ("1.1", "x", "x"),
    ],
)
def test_otp_that_does_not_go_with_elixir_is_replaced(elixir: str, otp: str, expected: str) -> None:
    one = language("elixir")
    assert one.settings({"elixir": elixir, "otp_release": otp}).fill("{otp}") == expected


_COVERAGE = (
    'julia --color=yes -e "if VERSION < v\\"0.7.0-DEV.5183\\"; cd(Pkg.dir(\\"${JL_PKG}\\")); else using Pkg; end; '
    'Pkg.add(\\"Coverage\\"); using Coverage; Codecov.submit(process_folder())"'
)


@pytest.mark.parametrize(
    ("version", "asks"),
    [
        pytest.param("dmd-2.066.1", "dmd --help | head -n 2", id="the last that does not know its version"),
        pytest.param("dmd-2.067.0", "$DC --version", id="the first that does"),
        pytest.param("ldc", "$DC --version", id="another compiler"),
    ],
)
def test_compilers_of_d_say_their_version(version: str, asks: str) -> None:
    one = language("d")
    found = chosen(settled(one.announce, one.settings({"d": version}, "acme/widget")), Listing(frozenset()))
    assert [command.text for rule in found for command in rule.commands] == [asks, "dub --help | tail -n 1"]


@pytest.mark.parametrize(
    ("name", "config", "files", "expected"),
    [
        pytest.param(
            "dart",
            {"dart_task": {"dartanalyzer": "--fatal-warnings lib"}},
            ["packages/test/"],
            ["dartanalyzer --fatal-warnings lib"],
            id="analysis-alone",
        ),
        pytest.param(
            "dart",
            {"dart_task": {"test": "-p vm", "xvfb": False}},
            ["packages/test/"],
            ["pub run test -p vm"],
            id="test-without-display",
        ),
        pytest.param("dart", {"dart_task": "dartfmt"}, [], ["unformatted=`dartfmt -n .`"], id="format"),
        pytest.param("dart", {"os": "osx"}, ["packages/test/"], ["pub run test"], id="mac-has-no-xvfb"),
        pytest.param(
            "julia",
            {"codecov": True},
            ["Project.toml"],
            [
                None,
                None,
                None,
                _COVERAGE,
            ],
            id="coverage",
        ),
        pytest.param(
            "csharp",
            {"solution": "A.sln", "mono": "5.0.1"},
            [],
            ["msbuild /p:Configuration=Release A.sln"],
            id="msbuild",
        ),
        pytest.param("node_js", {}, ["package.json", "yarn.lock"], ["yarn test"], id="unknown-node-is-current"),
    ],
)
def test_script(name: str, config: dict[str, Any], files: list[str], expected: list[str | None]) -> None:
    one = language(name)
    found = chosen(settled(one.script, one.settings(config, "acme/widget.jl")), Listing(frozenset(files)))
    texts = [command.text for rule in found for command in rule.commands]
    assert [text if wanted is not None else None for text, wanted in zip(texts, expected, strict=True)] == expected


def test_lists_of_r_packages() -> None:
    one = language("r")
    config = {"apt_packages": ["a", "b"], "r_binary_packages": ["Rcpp"], "r_packages": ["x", "y"], "use_devtools": True}
    found = chosen(settled(one.install, one.settings(config)), Listing(frozenset(("DESCRIPTION",))))
    commands: list[Command] = [command for rule in found for command in rule.commands]
    assert [(command.text.partition("if (")[0][:46], command.retry) for command in commands] == [
        ("sudo apt-get install -y a b", True),
        ("sudo apt-get install -y r-cran-rcpp", True),
        ('Rscript -e \'install.packages(c("x", "y"));', False),
        ('Rscript -e \'install.packages(c("remotes"));', False),
        ('Rscript -e \'install.packages(c("devtools"));', False),
        ("Rscript -e 'deps <- remotes::dev_package_deps(", False),
    ]


def test_a_failing_rule_ends_the_phase() -> None:
    one = language("r")
    found = list(chosen(settled(one.install, one.settings({})), Listing(frozenset())))
    assert [(rule.fails, rule.message) for rule in found] == [
        (True, "No DESCRIPTION file found, user must supply their own install and script steps")
    ]


@pytest.mark.parametrize(
    ("config", "path", "folder"),
    [
        pytest.param({}, "", "${BUNDLE_PATH:-vendor/bundle}", id="no-cache"),
        pytest.param(
            {"cache": "bundler", "gemfile": "gemfiles/a"},
            " --path=${BUNDLE_PATH:-vendor/bundle}",
            "${BUNDLE_PATH:-gemfiles/vendor/bundle}",
            id="beside-the-gemfile",
        ),
        pytest.param({"cache": "bundler", "bundler_args": "--path x -j 3"}, "", "x", id="own-path"),
        pytest.param({"cache": "bundler", "bundler_args": "--deployment"}, "", "vendor/bundle", id="own-deployment"),
    ],
)
def test_bundler(config: dict[str, Any], path: str, folder: str) -> None:
    settings = language("ruby").settings(config)
    assert [settings.fill("{bundler_path}"), settings.fill("{bundler_folder}")] == [path, folder]
