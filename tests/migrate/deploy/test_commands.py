"""Each provider with all of its options, and the commands and tasks that they come to, side by side in fixtures/deploy."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.plan.plans import normal
from travistool.migrate.github.deploy import permissions
from travistool.migrate.migrate import prepare
from travistool.migrate.model import Deployment, Row
from travistool.migrate.providers import DEAD, NATIVE, commands
from travistool.migrate.tasks import Tasks

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted((ROOT / "fixtures" / "deploy").glob("*.yml"))


def _provider(path: Path) -> str:
    """Return the provider of a case; what stands behind an `@` says what is special."""
    return path.stem.partition("@")[0]


def _one(path: Path) -> tuple[Row, Deployment]:
    (row,) = prepare(normal(path.read_text(encoding="utf-8"))).build.rows
    (deployment,) = row.deployments
    return row, deployment


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_commands(path: Path, update_golden: bool) -> None:
    row, deployment = _one(path)
    tasks = Tasks()
    made = commands(deployment, tasks, row)
    told = [f"# {task.kind}: {task.reason}: {task.do}" for task in tasks.all()]
    text = "\n".join((*made.commands, f"# secrets: {' '.join(made.secrets)}", *told)) + "\n"
    expected = path.with_suffix(".sh")
    if update_golden:
        expected.write_text(text, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == text
    assert subprocess.run(["bash", "-n"], input=text, text=True, check=False).returncode == 0


def test_all_providers_have_a_case() -> None:
    assert {_provider(path) for path in CASES} == {*NATIVE, "scalingo"}
    assert not set(NATIVE) & DEAD


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_have_all_options(path: Path) -> None:
    name = _provider(path)
    schema = json.loads((ROOT / "schemas" / "deploy" / f"{name}.json").read_text(encoding="utf-8"))
    given = {key for case in CASES if _provider(case) == name for key in _one(case)[1].options}
    assert set(schema["properties"]) - given <= {"skip_cleanup"}


@pytest.mark.parametrize("path", [path for path in CASES if _provider(path) in NATIVE], ids=lambda path: path.stem)
def test_an_option_is_used_or_a_task(path: Path) -> None:
    """What no command knows is told by name."""
    row, deployment = _one(path)
    tasks = Tasks()
    more = deployment._replace(options={**deployment.options, "made_up": "yes"})
    commands(more, tasks, row)
    wanted = f"the option 'made_up' of the deployment with '{deployment.provider}' has no equal"
    assert [task.reason for task in tasks.all() if "made_up" in task.reason] == [wanted]


def test_the_page_names_all_providers() -> None:
    text = (ROOT / "docs" / "migrate.md").read_text(encoding="utf-8")
    section = text.partition("## Deployments")[2].partition("What is not as on Travis")[0]
    native, _, dead = section.partition("- with a task")
    assert [name for name in sorted(NATIVE) if f"`{name}`" not in native] == []
    assert [name for name in sorted(DEAD) if f"`{name}`" not in dead] == []


def test_two_keys_for_one_provider_are_two_secrets() -> None:
    one = "{provider: npm, api_key: {secure: YQ}, on: {branch: a}}"
    other = "{provider: npm, api_key: {secure: Yg}, on: {branch: b}}"
    (row,) = prepare(normal(f'script: "true"\ndeploy: [{one}, {other}, {one}]')).build.rows
    tasks = Tasks()
    found = [commands(deployment, tasks, row).secrets for deployment in row.deployments]
    assert found == [("NPM_TOKEN",), ("NPM_TOKEN_2",), ("NPM_TOKEN",)]
    assert [task.do for task in tasks.all()] == [
        "enter it as the secret NPM_TOKEN",
        "enter it as the secret NPM_TOKEN_2",
    ]


def test_what_on_does_not_know_is_told() -> None:
    text = "deploy: {provider: script, script: ./run, on: {tags: true, os: linux, node: 8, distributions: sdist}}"
    told = [
        task.reason
        for task in prepare(normal(f'language: node_js\nnode_js: 8\nscript: "true"\n{text}')).tasks.all()
        if task.kind == "deployment"
    ]
    assert told == [
        f"'{key}' under 'on' of the deployment with 'script' asks for nothing" for key in ("os", "distributions")
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("provider: releases", {"contents": "write"}),
        ("provider: releases, repo: acme/other", {}),
        ("provider: pages, strategy: api", {"contents": "read", "pages": "write"}),
        ("provider: npm", {}),
    ],
)
def test_the_workflow_s_token_may_do_no_more_than_it_has_to(options: str, expected: dict[str, str]) -> None:
    (row,) = prepare(normal(f'script: "true"\ndeploy: {{{options}}}')).build.rows
    assert permissions(row) == expected


@pytest.mark.parametrize(
    ("written", "word", "secrets"),
    [
        pytest.param("$KEY", '"$KEY"', ("KEY",), id="a setting of the website"),
        pytest.param('"${KEY}"', '"$KEY"', ("KEY",), id="in braces"),
        pytest.param("$OWN", '"$OWN"', (), id="of the config"),
        pytest.param("$MADE", '"$MADE"', (), id="set by a command"),
        pytest.param("$(cat key)", '"$(cat key)"', (), id="worked out"),
        pytest.param("abc", '"$CARGO_REGISTRY_TOKEN"', ("CARGO_REGISTRY_TOKEN",), id="clear text"),
        pytest.param("{secure: YQ}", '"$CARGO_REGISTRY_TOKEN"', ("CARGO_REGISTRY_TOKEN",), id="encrypted"),
    ],
)
def test_where_a_credential_comes_from(written: str, word: str, secrets: tuple[str, ...]) -> None:
    text = f"env: OWN=1\nscript: export MADE=x\ndeploy: {{provider: cargo, token: {written}}}"
    (row,) = prepare(normal(text)).build.rows
    made = commands(row.deployments[0], Tasks(), row)
    assert (made.commands, made.secrets) == ((f"cargo publish --token {word}",), secrets)


def test_patterns_come_from_variables(tmp_path: Path) -> None:
    """Travis fills variables in before it looks for files, and takes a text with spaces for one name."""
    (tmp_path / "a b.zip").touch()
    (tmp_path / "c.zip").touch()
    _, deployment = _one(ROOT / "fixtures" / "deploy" / "releases@defaults.yml")
    row, _ = _one(ROOT / "fixtures" / "deploy" / "releases.yml")
    options = {"file": ["$FILES", "$ONE"], "file_glob": True}
    made = commands(deployment._replace(options=options), Tasks(), row, own_token=True).commands
    start = next(number for number, line in enumerate(made) if line.startswith("shopt"))
    loop = [line for line in made[start:] if line.startswith(("shopt", "IFS", "for "))]
    script = "\n".join(("FILES='*.zip' ONE='a b.zip'", *loop, 'echo "$file"; done'))
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["a b.zip", "c.zip", "a b.zip"]
