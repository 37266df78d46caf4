"""`travistool migrate` from the outside: output, files, reports, questions, exit codes."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Call

CONFIG = "language: node_js\nnode_js: [18, 20]\nenv:\n  global:\n    - TOKEN: {secure: 'c2VjcmV0'}\nscript: npm test\n"


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / ".travis.yml"
    path.write_text(CONFIG)
    return path


@pytest.mark.usefixtures("config")
def test_prints_the_file_and_the_tasks_aside(travistool: Call) -> None:
    ran = travistool("migrate", "--to", "github", "--no-verify")
    assert ran.code == 0
    assert ran.out.startswith("name: CI\n")
    assert "GitHub Actions: .github/workflows/ci.yml, 2 manual tasks\n" in ran.err
    assert "c2VjcmV0" not in ran.out + ran.err


@pytest.mark.usefixtures("config")
def test_variables_that_files_of_the_repository_read_are_set(travistool: Call, folder: Path) -> None:
    (folder / "run.sh").write_text('echo "$TRAVIS_BRANCH ${TRAVIS_OS_NAME} TRAVIS_TAG $TRAVIS_OF_MINE"')
    (folder / "run.py").write_text("import os\nos.environ['TRAVIS_REPO_SLUG']\n")
    (folder / "README.md").write_text("$TRAVIS_COMMIT\n")
    assert "TRAVIS_" not in travistool("migrate", "--to", "github", "--no-verify").out
    for call in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *call], cwd=folder, check=True)
    made = travistool("migrate", "--to", "github", "--no-verify").out
    found = set(re.findall(r"TRAVIS_[A-Z_]+", made))
    assert found == {"TRAVIS_BRANCH", "TRAVIS_OS_NAME", "TRAVIS_REPO_SLUG"}
    assert "export TRAVIS_BRANCH=" in travistool("migrate", "--to", "gitlab", "--no-verify").out


@pytest.mark.usefixtures("config")
def test_files_of_the_repository_that_read_variables_are_tasks(travistool: Call, folder: Path) -> None:
    texts = {
        "Makefile": "all:\n\techo $(TRAVIS_TAG) $$TRAVIS_BRANCH\n",
        "ci/run.sh": 'test "$TRAVIS_TAG"\n',
        "vendor/run.sh": "echo $TRAVIS_COMMIT\n",
        "plain.sh": "echo TRAVIS_COMMIT $TRAVIS_OF_MINE\n",
        "binary": "$TRAVIS_COMMIT\0",
        "not known to git": "$TRAVIS_COMMIT",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    for call in (["init", "-q"], ["add", "Makefile", "ci", "vendor", "plain.sh", "binary"]):
        subprocess.run(["git", *call], cwd=folder, check=True)
    told = travistool("migrate", "--to", "gitlab", "--no-verify").err
    assert re.findall(r"'(.+?)' reads (.+?):", told) == [
        ("Makefile", "TRAVIS_BRANCH and TRAVIS_TAG"),
        ("ci/run.sh", "TRAVIS_TAG"),
    ]


def test_only_files_beside_the_config_and_below_are_read(travistool: Call, folder: Path) -> None:
    """A config below the root of a repository says nothing of what other projects in it do."""
    own = folder / "services" / "api"
    for place, name in ((folder, "TRAVIS_COMMIT"), (own / "ci", "TRAVIS_TAG"), (own.parent / "web", "TRAVIS_BRANCH")):
        place.mkdir(parents=True, exist_ok=True)
        (place / "run.sh").write_text(f"echo ${name}\n")
    (own / ".travis.yml").write_text(CONFIG)
    for call in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *call], cwd=folder, check=True)
    ran = travistool("migrate", "services/api/.travis.yml", "--to", "gitlab", "--no-verify")
    assert re.findall(r"'(.+?)' reads (.+?):", ran.err) == [("services/api/ci/run.sh", "TRAVIS_TAG")]
    assert set(re.findall("TRAVIS_[A-Z_]+", ran.out)) - {"TRAVIS_TEST_RESULT"} == {"TRAVIS_TAG"}


@pytest.mark.usefixtures("config")
def test_many_names_and_files_are_counted(travistool: Call, folder: Path) -> None:
    names = ("BRANCH", "TAG", "COMMIT", "JOB_ID", "JOB_NAME", "BUILD_ID", "OS_NAME", "DIST")
    (folder / "0.sh").write_text("".join(f"echo $TRAVIS_{name}\n" for name in names))
    for number in range(1, 23):
        (folder / f"{number}.sh").write_text("echo $TRAVIS_TAG\n")
    for call in (["init", "-q"], ["add", "--all"]):
        subprocess.run(["git", *call], cwd=folder, check=True)
    told = travistool("migrate", "--to", "gitlab", "--no-verify").err
    first = "TRAVIS_BRANCH, TRAVIS_BUILD_ID, TRAVIS_COMMIT, TRAVIS_DIST, TRAVIS_JOB_ID, TRAVIS_JOB_NAME and 2 more"
    assert f"'0.sh' reads {first}: " in told
    assert "3 more files, the first '7.sh', read TRAVIS_TAG: " in told


@pytest.mark.usefixtures("config")
def test_compares_the_rows(travistool: Call) -> None:
    ran = travistool("migrate", "--to", "gitlab")
    assert ran.code == 0
    assert "cron                   2 jobs  equal\n" in ran.err


@pytest.mark.usefixtures("config")
def test_writes_files_but_not_over_others(travistool: Call, folder: Path) -> None:
    call = ("migrate", "--to", "github", "--to", "gitlab", "-o", "out", "--no-verify")
    assert travistool(*call).code == 0
    made = folder / "out" / ".github" / "workflows" / "ci.yml"
    assert made.read_text().startswith("name: CI\n")
    made.write_text("mine")
    again = travistool(*call)
    assert again.code == 5
    assert "exists already" in again.err
    assert made.read_text() == "mine"
    assert "-mine" in travistool(*call, "--diff").out
    assert travistool(*call, "--force").code == 0
    assert made.read_text() != "mine"


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize("kind", ["md", "json", "html"])
def test_writes_a_report(travistool: Call, folder: Path, kind: str) -> None:
    assert travistool("migrate", "--to", "github", "--no-verify", "--report", f"r.{kind}").code == 0
    text = (folder / f"r.{kind}").read_text()
    assert "gh secret set TOKEN" in text
    if kind == "json":
        (data,) = json.loads(text)
        assert [task["kind"] for task in data["tasks"]] == ["secret", "setting"]


def test_asks_where_both_matrices_are_given(travistool: Call, config: Path) -> None:
    config.write_text("matrix: {include: [{script: a}]}\njobs: {include: [{script: b}]}\n")
    ran = travistool("migrate", "--to", "github")
    assert ran.code == 1
    assert "--as-travis" in ran.err
    assert travistool("migrate", "--to", "github", "--as-travis", "--no-verify").code == 0


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--to is missing"),
        (("--to", "gihtub"), "did you mean 'github'?"),
        (("--to", "github", "--report", "x.txt"), "--report takes a name that ends in md, json, html"),
        (("--to", "github", "--force"), "--force goes with -o"),
    ],
)
def test_wrong_calls(travistool: Call, arguments: tuple[str, ...], message: str) -> None:
    ran = travistool("migrate", *arguments)
    assert ran.code == 2
    assert message in ran.err
