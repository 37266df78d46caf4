"""Variables that commands read and nothing sets: secrets by their names, hints for encrypted lines, files' keys."""

import json

import pytest

from tests.migrate.migrated import migrated
from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.pipeline import read
from travistool.source import Source


def _made(text: str, name: str = "github") -> tuple[str, list[str]]:
    made = migrated(text, name)
    return made.files[0].text, [
        f"{task.reason}: {task.do}" for task in made.tasks if task.kind in ("secret", "setting")
    ]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        pytest.param(
            'docker login -u "$DOCKER_USER" -p ${DOCKER_PASSWORD}', ["DOCKER_USER", "DOCKER_PASSWORD"], id="x"
        ),
        pytest.param("docker run -e API_TOKEN -e A=1 image", ["API_TOKEN"], id="handed to a container"),
        pytest.param('[ -z "${NPM_TOKEN:-}" ] || npm publish', ["NPM_TOKEN"], id="asked whether it is there"),
        pytest.param("echo ${API_TOKEN:-none}", [], id="it has a default"),
        pytest.param("export API_TOKEN=$(cat token); curl -H $API_TOKEN", [], id="a command sets it"),
        pytest.param("read -r API_TOKEN < token; curl -H $API_TOKEN", [], id="a command reads it"),
        pytest.param("awk '{print $TOKEN}' file", [], id="not the shell's"),
        pytest.param("""curl -d "{'token': '$API_TOKEN'}" x""", ["API_TOKEN"], id="single quotes in double ones"),
        pytest.param("echo $HOME $TRAVIS_TAG $PATH", [], id="what machines have"),
    ],
)
def test_secrets_by_name(command: str, names: list[str]) -> None:
    normal = read(
        Source(".travis.yml", f"script:\n- {command!r}\n" if "'" not in command else f"script:\n- |\n  {command}\n")
    ).normal
    assert normal is not None
    assert [one.name for one in prepare(normal).build.secrets if one.kind == "setting"] == names


def test_a_job_gets_them() -> None:
    text, tasks = _made("script: deploy --token $DEPLOY_TOKEN --to $HOST_NAME")
    assert "      DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}\n" in text
    assert tasks[0] == (
        "the commands read $DEPLOY_TOKEN, a setting on Travis that nothing here sets: enter it as the secret DEPLOY_TOKEN"
    )
    assert tasks[1].endswith("take over what is set there; the commands read $HOST_NAME, which nothing here sets")
    assert "HOST_NAME:" not in text


def test_an_encrypted_line_may_be_them() -> None:
    text, tasks = _made("env: {global: [{secure: abc}]}\nscript: deploy --token $DEPLOY_TOKEN")
    assert "DEPLOY_TOKEN:" not in text
    assert "(the commands read $DEPLOY_TOKEN, which nothing else sets)" in tasks[0]


def test_what_another_job_sets_is_no_setting() -> None:
    _, tasks = _made("env: [A_FLAG=1, B_FLAG=1]\nscript: echo $A_FLAG $B_FLAG")
    assert "A_FLAG" not in " ".join(tasks)


def test_what_decrypts_a_file() -> None:
    text, tasks = _made("script: openssl aes-256-cbc -K $encrypted_0a64_key -iv $encrypted_0a64_iv -in a.enc -out a -d")
    assert "      encrypted_0a64_key: ${{ secrets.encrypted_0a64_key }}\n" in text
    assert "      encrypted_0a64_iv: ${{ secrets.encrypted_0a64_iv }}\n" in text
    assert [task.split(" decrypts")[0] for task in tasks[:2]] == ["$encrypted_0a64_key", "$encrypted_0a64_iv"]


@pytest.mark.parametrize(
    ("addon", "lines", "told"),
    [
        pytest.param(
            "code_climate: {repo_token: {secure: abc}}",
            ["CODECLIMATE_REPO_TOKEN: ${{ secrets.CODECLIMATE_REPO_TOKEN }}"],
            ["CODECLIMATE_REPO_TOKEN"],
            id="code_climate",
        ),
        pytest.param(
            "sonarcloud: {organization: acme, token: {secure: abc}}",
            [
                "SONAR_TOKEN: ${{ secrets.SONAR_TOKEN }}",
                '"sonar.host.url": "https://sonarcloud.io", "sonar.organization": "acme"',
            ],
            ["SONAR_TOKEN"],
            id="sonarcloud",
        ),
    ],
)
def test_addons_hand_tokens_on(addon: str, lines: list[str], told: list[str]) -> None:
    text, tasks = _made(f"addons: {{{addon}}}\nscript: mvn sonar:sonar")
    assert [line for line in lines if line not in text.replace('\\"', '"')] == []
    assert [name for name in told if f"as the secret {name}" not in " ".join(tasks)] == []


def test_the_later_of_two_addons_counts() -> None:
    # In the order that Travis brings them into, which is not that of the file.
    config = "addons: {sonarqube: {token: one}, sonarcloud: {token: other}}\nlanguage: shell\nscript: mvn sonar:sonar"
    (row,) = prepare(normal(config)).build.rows
    assert [one.value for one in row.variables if one.name == "SONAR_TOKEN"] == ["one"]


@pytest.mark.parametrize(
    ("token", "found"),
    [
        pytest.param("$SONAR_TOKEN", ("SONAR_TOKEN", "secret"), id="itself, of the settings"),
        pytest.param('"${OTHER}-x"', ('"${OTHER}-x"', "shell"), id="another"),
        pytest.param("'a b'", ("a b", "plain"), id="a text"),
    ],
)
def test_the_token_of_an_addon_is_shell_text(token: str, found: tuple[str, str]) -> None:
    config = f"addons: {{sonarcloud: {{token: {json.dumps(token)}}}}}\nlanguage: shell\nscript: echo $SONAR_TOKEN"
    (row,) = prepare(normal(config)).build.rows
    assert [(one.value, one.kind) for one in row.variables if one.name == "SONAR_TOKEN"] == [found]
