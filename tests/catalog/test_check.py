"""Checks: asked of a listing, of a shell, and in words."""

import subprocess
from pathlib import Path

import pytest

from travistool.catalog.check import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Caches,
    Check,
    ConfigAtLeast,
    ConfigIs,
    Configured,
    Contains,
    Executable,
    File,
    Folder,
    Named,
    Not,
    Program,
    SameText,
    Shell,
    VersionAtLeast,
    any_file,
    holds,
    settle,
)
from travistool.catalog.project import Listing
from travistool.catalog.settings import Settings
from travistool.catalog.wording import phrase, to_shell

PROJECT = Listing(
    frozenset(("gradlew", "pom.xml", "docs/index.md", "empty/", "a.lock", "b.lock", "Rakefile", "name with space")),
    executables=frozenset(("gradlew",)),
    texts={"Rakefile": "one\ntwo motion\n", "a.lock": "same", "b.lock": "same"},
    programs={"node": "12.16.1", "rebar3": ""},
)

CHECKS = [
    pytest.param(File("pom.xml"), True, "[[ -f pom.xml ]]", "if pom.xml exists", id="file"),
    pytest.param(File("./pom.xml"), True, "[[ -f ./pom.xml ]]", "if pom.xml exists", id="file-here"),
    pytest.param(File("none"), False, "[[ -f none ]]", "if none exists", id="no-file"),
    pytest.param(File("docs"), False, "[[ -f docs ]]", "if docs exists", id="folder-is-no-file"),
    pytest.param(File("name with space"), True, '[[ -f "name with space" ]]', "if name with space exists", id="space"),
    pytest.param(Folder("docs"), True, "[[ -d docs ]]", "if the folder docs exists", id="folder-of-a-file"),
    pytest.param(Folder("empty"), True, "[[ -d empty ]]", "if the folder empty exists", id="empty-folder"),
    pytest.param(Folder("doc"), False, "[[ -d doc ]]", "if the folder doc exists", id="start-of-a-folder"),
    pytest.param(
        File("${GEMFILE:-pom.xml}"), True, '[[ -f "${GEMFILE:-pom.xml}" ]]', "if ${GEMFILE:-pom.xml} exists", id="var"
    ),
    pytest.param(Executable("gradlew"), True, "[[ -x gradlew ]]", "if the program gradlew exists", id="executable"),
    pytest.param(
        Executable("pom.xml"), False, "[[ -x pom.xml ]]", "if the program pom.xml exists", id="not-executable"
    ),
    pytest.param(Not(File("none")), True, "[[ ! -f none ]]", "if none does not exist", id="not"),
    pytest.param(
        any_file("none", "pom.xml"), True, "[[ -f none || -f pom.xml ]]", "if none or pom.xml exists", id="any"
    ),
    pytest.param(
        AllOf((any_file("none", "pom.xml"), File("gradlew"))),
        True,
        "[[ ( -f none || -f pom.xml ) && -f gradlew ]]",
        "if (none or pom.xml exists) and gradlew exists",
        id="all-of-any",
    ),
    pytest.param(
        AllOf((File("gradlew"), File("pom.xml"))),
        True,
        "[[ -f gradlew && -f pom.xml ]]",
        "if gradlew and pom.xml exist",
        id="all",
    ),
    pytest.param(
        Not(any_file("none", "pom.xml")),
        False,
        "[[ ! ( -f none || -f pom.xml ) ]]",
        "if none of this holds: none or pom.xml exists",
        id="not-any",
    ),
    pytest.param(
        Contains("Rakefile", "^two"),
        True,
        "grep -q '^two' Rakefile 2>/dev/null",
        "if Rakefile has '^two'",
        id="text-at-a-line",
    ),
    pytest.param(Contains("none", "x"), False, "grep -q 'x' none 2>/dev/null", "if none has 'x'", id="text-of-no-file"),
    pytest.param(
        AllOf((File("Rakefile"), Contains("Rakefile", "motion"))),
        True,
        "[[ -f Rakefile ]] && grep -q 'motion' Rakefile 2>/dev/null",
        "if Rakefile exists and Rakefile has 'motion'",
        id="bracket-and-command",
    ),
    pytest.param(
        Not(AllOf((File("Rakefile"), Contains("Rakefile", "motion")))),
        False,
        "! { [[ -f Rakefile ]] && grep -q 'motion' Rakefile 2>/dev/null; }",
        "if not all of this holds: Rakefile exists and Rakefile has 'motion'",
        id="not-command",
    ),
    pytest.param(
        SameText("a.lock", "b.lock"),
        True,
        "cmp --silent a.lock b.lock",
        "if a.lock and b.lock are equal",
        id="same-text",
    ),
    pytest.param(
        SameText("a.lock", "none"), False, "cmp --silent a.lock none", "if a.lock and none are equal", id="other-text"
    ),
    pytest.param(ALWAYS, True, "true", "always", id="always"),
]


@pytest.mark.parametrize(("check", "expected", "shell", "words"), CHECKS)
def test_check(check: Check, expected: bool, shell: str, words: str, tmp_path: Path) -> None:
    assert holds(check, PROJECT) is expected
    assert to_shell(check) == shell
    assert phrase(check) == words
    assert in_bash(to_shell(check), tmp_path) is expected


def in_bash(question: str, folder: Path) -> bool:
    for name in PROJECT.files:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.write_text(PROJECT.texts.get(name, ""))
            path.chmod(0o755 if name in PROJECT.executables else 0o644)
    return subprocess.run(["bash", "-c", question], cwd=folder, check=False).returncode == 0


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        pytest.param(VersionAtLeast("node", "4"), True, id="later"),
        pytest.param(VersionAtLeast("node", "12.16.2"), False, id="older"),
        pytest.param(VersionAtLeast("yarn", "1"), True, id="unknown-is-taken-as-current"),
        pytest.param(Program("node"), True, id="program"),
        pytest.param(Program("rebar3"), False, id="no-program"),
        pytest.param(Program("elm"), False, id="unknown-program-is-taken-as-missing"),
        pytest.param(Shell("true", "it is so"), False, id="shell-is-taken-as-no"),
        pytest.param(Shell("true", "it is so", likely=True), True, id="unless-it-is-likely"),
    ],
)
def test_machine(check: Check, expected: bool) -> None:
    assert holds(check, PROJECT) is expected


def test_versions_are_asked_in_one_test() -> None:
    check = AllOf((File("yarn.lock"), Not(VersionAtLeast("node", "4")), Program("yarn")))
    asked = '$(travis_vers2int "$(node --version | tr -d v)") -ge $(travis_vers2int 4)'
    assert to_shell(check) == f"[[ -f yarn.lock && ! ( {asked} ) && -n $(command -v yarn) ]]"
    assert phrase(check) == "if yarn.lock exists and node is older than 4 and there is a program yarn"


SETTINGS = Settings(
    config={"solution": "A.sln", "mono": "4.2.1", "off": False, "cache": {"pip": True}},
    defaults={"dotnet": "none"},
    names={"jruby": lambda _: "", "moving": lambda _: "nightly"},
)


@pytest.mark.parametrize(
    ("check", "expected", "words"),
    [
        pytest.param(Configured("solution"), ALWAYS, "if solution is set", id="set"),
        pytest.param(Configured("off"), NEVER, "if off is set", id="false-is-not-set"),
        pytest.param(Configured("dotnet"), ALWAYS, "if dotnet is set", id="set-by-default"),
        pytest.param(Configured("dotnet", by_default=False), NEVER, "if dotnet is set", id="not-by-the-job"),
        pytest.param(ConfigIs("dotnet", ("none", "no")), ALWAYS, "if dotnet is none or no", id="is"),
        pytest.param(Not(ConfigIs("mono", ("5", "6"))), ALWAYS, "if mono is not 5 or 6", id="is-not"),
        pytest.param(ConfigAtLeast("mono", "4.2"), ALWAYS, "if mono is 4.2 or later", id="later"),
        pytest.param(ConfigAtLeast("mono", "4.10"), NEVER, "if mono is 4.10 or later", id="numbers-not-texts"),
        pytest.param(ConfigAtLeast("dotnet", "0"), NEVER, "if dotnet is 0 or later", id="a-word-is-no-version"),
        pytest.param(Caches("pip"), ALWAYS, "if cache: pip is on", id="cache"),
        pytest.param(Caches("yarn"), NEVER, "if cache: yarn is on", id="no-cache"),
        pytest.param(Named("jruby"), NEVER, "if there is jruby", id="empty-name"),
        pytest.param(Named("moving"), ALWAYS, "if there is moving", id="name"),
        pytest.param(AnyOf((Configured("solution"), File("x"))), ALWAYS, "if solution is set or x exists", id="any"),
        pytest.param(AnyOf((Configured("off"), File("x"))), File("x"), "if off is set or x exists", id="left-of-any"),
        pytest.param(
            AllOf((Configured("solution"), File("x"))), File("x"), "if solution is set and x exists", id="left-of-all"
        ),
        pytest.param(AllOf((Configured("off"), File("x"))), NEVER, "if off is set and x exists", id="all"),
        pytest.param(Not(Configured("off")), ALWAYS, "if off is not set", id="not"),
        pytest.param(Not(Not(File("x"))), File("x"), "if it is not so that x does not exist", id="not-not"),
        pytest.param(File("{solution}.lock"), File("A.sln.lock"), "if {solution}.lock exists", id="template"),
    ],
)
def test_settle(check: Check, expected: Check, words: str) -> None:
    assert settle(check, SETTINGS) == expected
    assert phrase(check) == words


@pytest.mark.parametrize("check", [Configured("x"), AllOf((File("x"), Caches("pip")))])
def test_what_is_not_settled_is_not_asked(check: Check) -> None:
    with pytest.raises(TypeError, match="settle it first"):
        holds(check, Listing(frozenset(("x",))))
    with pytest.raises(TypeError, match="settle it first"):
        to_shell(check)


def test_what_holds_without_a_test_reads_by_its_place() -> None:
    assert [phrase(ALWAYS), phrase(ALWAYS, first=False), to_shell(NEVER)] == ["always", "otherwise", "false"]
