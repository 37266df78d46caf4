"""What a Jenkinsfile says in its own words, that it can be read back, and what Groovy itself makes of it."""

import base64
import json
import re
from pathlib import Path

import pytest

from tests.migrate.cases import cases
from tests.migrate.checkers import groovy
from tests.migrate.migrated import migrated
from tests.migrate.sampling import recorded
from travistool.migrate.conditions import Equals, Matches, Present
from travistool.migrate.jenkins.groovy import Block, any_length, inside, long_quoted, quoted, read, texts_in, written
from travistool.migrate.jenkins.when import java, when
from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target
from travistool.migrate.tasks import Tasks

SHELL = "language: shell\nscript: make\n"
RECORDER = Path(__file__).with_name("jenkinsfiles.groovy")
GOOD = """\
pipeline {
    agent none
    stages {
        stage('a') {
            when {
                branch 'x'
            }
            agent {
                label 'x'
            }
            options {
                timeout(time: 50, unit: 'MINUTES')
            }
            environment {
                A = 'b'
            }
            steps {
                runA()
            }
        }
    }
}

def runA() {
    sh '''x'''
}
"""
BROKEN = {
    "a brace is not closed": ("    sh '''x'''\n}", "    sh '''x'''\n"),
    "a quote is not closed": ("label 'x'", "label 'x"),
    "a section is misspelled": ("agent none", "agents none"),
    "steps outside of a stage": ("agent none\n", "agent none\n    steps {\n        runA()\n    }\n"),
    "an agent between stages": ("        stage('a')", "        agent any\n        stage('a')"),
    "a function is missing": ("                runA()", "                runB()"),
    "a condition is unknown": ("branch 'x'", "branches 'x'"),
    "a value outside of environment": ("label 'x'", "LABEL = 'x'"),
    "two kinds of content": ("            steps {", "            stages {\n            }\n            steps {"),
    "no condition": ("                branch 'x'\n", ""),
    "not takes one": ("branch 'x'", "not {\n branch 'x'\n branch 'y'\n}"),
    "no agent": ("    agent none\n", ""),
    "two agents": ("label 'x'", "label 'x'\n docker {\n image 'y'\n }"),
    "a step is misspelled in a function": ("sh '''x'''", "shell '''x'''"),
    "a step without its text": ("sh '''x'''", "sh()"),
    "a section in a function": ("sh '''x'''", "agent any"),
    "a function takes no value": ("                runA()", "                runA('b')"),
    "an unknown unit": ("'MINUTES'", "'MINUTE'"),
    "a stage twice": ("stage('a') {", "stage('a') {\n agent any\n steps {\n sh 'x'\n }\n }\n stage('a') {"),
    "a machine for jobs side by side": (
        "steps {\n                runA()\n",
        "parallel {\n stage('b') {\n steps {\n sh 'y'\n}\n}\n",
    ),
    "a word with braces": ("branch 'x'", "branch('x') {\n tag 'y'\n }"),
    "a section without braces": (
        "options {\n                timeout(time: 50, unit: 'MINUTES')\n            }",
        "options(timeout(time: 50, unit: 'MINUTES'))",
    ),
    "a variable twice": ("A = 'b'", "A = 'b'\n A = 'c'"),
    "an unknown variable": ("A = 'b'", "A = b"),
    "an unknown way to compare": ("branch 'x'", "branch pattern: 'x', comparator: 'REGEX'"),
}


def _made(text: str) -> tuple[str, list[str]]:
    made = migrated(text, "jenkins")
    return made.files[0].text, [task.reason for task in made.tasks if task.changes_rows]


@pytest.mark.parametrize("text", ["", "a", "it's", "\\", "'", "''", "'''", "a\\'", "${X} $(y)", "a\nb'"])
def test_literals_read_as_they_were(text: str) -> None:
    assert texts_in(f"sh {quoted(text)}") == (text,)
    assert texts_in(f"sh {long_quoted(text)}") == (text,)


@pytest.mark.parametrize("line", ["echo a\n", "echo 'ä' \\\n"])
def test_a_text_that_is_too_long_for_one_literal(line: str) -> None:
    text = line * (100_000 // len(line))
    literals = texts_in(f"sh {any_length(text)}")
    assert "".join(literals) == text
    assert 1 < len(literals) < 4
    assert max(len(one.encode()) for one in literals) < 65_536


def test_names_that_groovy_takes_for_something_else_are_set_in_the_script() -> None:
    text, _ = _made(SHELL + "env: {global: [A=1, for=2, Proxy=3, URL=4, {Token: {secure: 'c2VjcmV0'}}]}\n")
    (environment,) = re.findall(r"environment \{\n(.*?)\}", text, re.DOTALL)
    assert [line.strip() for line in environment.splitlines() if line.strip()] == [
        "A = '1'",
        "VALUE_OF_TOKEN = credentials('Token')",
    ]
    for line in ("export for=2", "export Proxy=3", "export URL=4", 'export Token="$VALUE_OF_TOKEN"'):
        assert f"{line}\n" in text


def test_what_is_written_reads_the_same() -> None:
    assert "\n".join(written(read(GOOD))) == GOOD.replace("\n\n", "\n").rstrip("\n")


@pytest.mark.parametrize("text", ["a {", "a }", "a 'b", "a(", "a ({ b"])
def test_what_is_not_closed_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"closed"):
        read(text)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^v\d+$", r"v\d+"),
        ("dev", ".*dev.*"),
        (r"\Av1\z", "v1"),
        ("^a|b$", ".*(?:^a|b$).*"),
        ("^*-v", ".*(?:^*-v).*"),
        (r"\$", r".*\$.*"),
    ],
)
def test_patterns_are_for_the_whole_text(pattern: str, expected: str) -> None:
    assert java(pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("^P", id="fits"),
        pytest.param("^*-v[0-9]", id="only Java reads it"),
        pytest.param("^P(R|[[X]])", id="may mean something else one day"),
    ],
)
def test_a_pattern_that_fits_the_name_of_a_pull_request_asks_for_none(pattern: str) -> None:
    (section,) = when(Matches("branch", pattern), Tasks())
    assert "not" in [
        one.head for part in section.inside or () for item in part.inside or () for one in item.inside or ()
    ]


def test_own_words() -> None:
    assert when(Present("tag"), Tasks()) == (Block("when", (Block("beforeAgent true"), Block("buildingTag()"))),)
    (section,) = when(Equals("repo", "a/b-c"), Tasks())
    (_, repo) = section.inside or ()
    assert repo.head == "expression { scm.userRemoteConfigs[0].url.matches('.*[:/]a/b\\\\-c([.]git)?') }"
    (section,) = when(Equals("branch", "main"), Tasks())
    assert [one.head for one in (section.inside or ())[1].inside or ()] == [
        "branch 'main'",
        "changeRequest target: 'main'",
    ]


def test_services_are_on_localhost() -> None:
    text, _ = _made(SHELL + "services: [redis, memcached]\n")
    assert "--network container:${redis.id}" in text
    assert re.search(r"steps \{\n +run\w+\('.+'\)\n", text)


def test_what_no_condition_asks_is_a_task() -> None:
    assert _made(SHELL + "if: fork = true\n")[1] != []
    assert _made(SHELL + "if: commit_message =~ /x/\n")[1] != []
    assert _made(SHELL + "if: type = cron\n")[1] == []


def _problems(*paths: Path) -> list[str]:
    """Return what is wrong, as Groovy and the rules of sections say it."""
    return groovy(RECORDER, *map(str, paths)).splitlines()


@pytest.mark.migrate
def test_groovy_tells_what_is_broken(tmp_path: Path) -> None:
    """The recorder is worth its word: a file without a mistake passes, and each of these mistakes is found."""
    paths = {"good": tmp_path / "good.groovy"}
    paths["good"].write_text(GOOD, encoding="utf-8")
    for number, (name, (old, new)) in enumerate(BROKEN.items()):
        assert GOOD.count(old) == 1
        paths[name] = tmp_path / f"broken{number}.groovy"
        paths[name].write_text(GOOD.replace(old, new), encoding="utf-8")
    problems = _problems(*paths.values())
    assert {name for name, path in paths.items() if any(str(path) in one for one in problems)} == set(BROKEN)


@pytest.mark.migrate
def test_groovy_runs_the_scripts_that_we_read(tmp_path: Path) -> None:
    """What the tests of executed pipelines take for a script is what Groovy itself hands to the shell."""
    strange = "echo \\\\ ''$X''' \\u0041 \\$ \"ä\" '"
    configs = [json.dumps({"language": "shell", "script": one}) for one in (strange, ":\n" * 40_000)]
    expected = {}
    for number, config in enumerate([*configs, *[case.config for case in cases()]]):
        path = tmp_path / f"{number}.groovy"
        path.write_text(_made(config)[0], encoding="utf-8")
        heads = [one.head for one in inside(read(path.read_text(encoding="utf-8")))]
        expected[str(path)] = {"".join(texts_in(head)) for head in heads if head.startswith("sh ")}
    found: dict[str, set[str]] = {path: set() for path in expected}
    for line in groovy(RECORDER, "--scripts", *expected).splitlines():
        path_told, _, text = line.rpartition(": ")
        found[path_told].add(base64.b64decode(text).decode())
    assert found == expected


@pytest.mark.migrate
def test_groovy_reads_recorded_configs(tmp_path: Path, whole: bool) -> None:
    wanted = target("jenkins")
    assert wanted is not None
    paths = []
    for number, one in enumerate(recorded(whole)):
        for file in migrate(one.normal, wanted).files:
            paths.append(tmp_path / f"{number:05}.groovy")
            paths[-1].write_text(file.text, encoding="utf-8")
    assert _problems(*paths) == []
