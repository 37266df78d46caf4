"""What we say for each code of the official parser."""

import pytest

from tests.lint.findings import findings, line, reading
from travistool.lint.engine import lint
from travistool.lint.places import _homes
from travistool.lint.service import CODES, service_rule
from travistool.lint.service.unknown_key import _MEANT

SECRET = "x7Kq92LmZt"


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_rule_of_its_name(code: str) -> None:
    rule = service_rule(code)
    assert (rule.code, rule.name) == (code, code.replace("_", "-"))


def test_another_code_has_none() -> None:
    with pytest.raises(KeyError):
        service_rule("skip_job")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("matrix:\n  include: []\n", "1:1 info alias-key: 'matrix' is another name for 'jobs'", id="key"),
        pytest.param("os: ubuntu\n", "1:5 info alias-value: 'ubuntu' is another name for 'linux'", id="value"),
        pytest.param(
            'language: node_js\n  - "6"\n',
            "1:11 warning clean-value: the lines below 'node_js' are part of its value and are lost, move them under a key of their own",
            id="versions that slipped under the language",
        ),
        pytest.param(
            "deploy:\n  provider: npm\n  skip_cleanup: true\n",
            "3:3 info deprecated-key: 'skip_cleanup' is for dpl v1, dpl v2 keeps the files anyway, delete it",
            id="skip_cleanup",
        ),
        pytest.param(
            "deploy:\n  provider: npm\n  skip_cleanup: false\n",
            "3:3 info deprecated-key: 'skip_cleanup: false' is for dpl v1 and fails with dpl v2, write "
            "'cleanup: true' instead",
            id="skip_cleanup that is off",
        ),
        pytest.param(
            "base: &base\n  script: make\njobs:\n  include:\n    - *base\n",
            "1:1 info deprecated-key: key 'base' only holds an anchor, rename it to '_base' to mark it as private",
            id="anchor",
        ),
        pytest.param(
            "jobs:\n  include:\n    - vm: {create: {name: a}}\n    - vm: {create: {name: a}}\n",
            "4:20 error duplicate: the image name 'a' is already used by another job, choose another one",
            id="image made twice",
        ),
        pytest.param(
            "if: branch = main AND\n",
            "1:21 error invalid-condition: a condition is missing after the last AND or OR, write 'branch = main'",
            id="condition that ends too early",
        ),
        pytest.param(
            "if: '[[ $A = 1 ]]'\n",
            "1:9 error invalid-condition: conditions are not shell code, tests in brackets and $ do not work, write "
            "'env(A) = 1'",
            id="shell test for a condition",
        ),
        pytest.param(
            "env: ==A== B=1\n",
            "1:6 error invalid-env-var: a name is missing before '=', so no variable here is set",
            id="variable without a name",
        ),
        pytest.param(
            "env:\n  - A=1 E = 2\n",
            "2:11 error invalid-env-var: spaces around '=' keep the variables here from being set, write 'E=...'",
            id="spaces around the sign",
        ),
        pytest.param(
            "env: A=1 B='x\n",
            "1:12 error invalid-env-var: a single quote in the value of 'B' is never closed, so no variable here is set",
            id="open quote",
        ),
        pytest.param(
            "notifications:\n  slack:\n    rooms:\n      secure: encrypted string\n",
            "4:7 warning invalid-secure: this text is not encrypted, put the output of 'travis encrypt' here",
            id="placeholder",
        ),
        pytest.param(
            "notifications:\n  slack:\n    rooms:\n      secure: IhEskTMEAsBNYTQCpDSlvDxIJK5cu1r2V\n",
            "4:7 warning invalid-secure: part of the encrypted text is missing, its 33 characters are not a multiple of 4",
            id="cut off",
        ),
        pytest.param(
            'script:\n  - echo "done": yes\n',
            "2:5 error invalid-type: a command must be text, but its ': ' makes it a map, put the command in quotes",
            id="command with a colon",
        ),
        pytest.param(
            "script: {npm test}\n",
            "1:9 error invalid-type: a command must be text, but its '{' makes it a map, put the command in quotes",
            id="command in braces",
        ),
        pytest.param(
            "if: [{a: b}]\n",
            "1:5 error invalid-type: 'if' must be a condition such as 'branch = main', not a list",
            id="list for a condition",
        ),
        pytest.param(
            "if: ''\n",
            "1:5 error invalid-condition: 'if' is empty, write a condition such as 'branch = main' or delete the key",
            id="empty condition",
        ),
        pytest.param(
            "deploy: false\n",
            "1:9 error invalid-type: 'deploy' must be a map like 'key: value', not 'false'",
            id="one value where a list may be",
        ),
        pytest.param(
            "deploy:\n  provider: npm\n  on:\n    tags: $TAG\n",
            "4:11 error invalid-type: 'tags' must be true or false, Travis does not expand variables such as '$TAG' here",
            id="variable for true or false",
        ),
        pytest.param(
            "addons: false\n",
            "1:9 error invalid-type: 'addons' must be a map like 'key: value', not 'false'",
            id="false for a map",
        ),
        pytest.param(
            "jobs:\n  allow_failures:\n    - nightly\n",
            "3:7 error invalid-type: an item of 'allow_failures' must be a map like 'key: value', not the text "
            "'nightly'",
            id="text for an entry",
        ),
        pytest.param(
            "deploy:\n  provider: script\n  script: [a, b]\n",
            "3:11 warning unexpected-seq: 'script' takes a single value, Travis uses only the first of 2 items, 'a'",
            id="list of commands",
        ),
        pytest.param(
            "language: [python]\n",
            "1:11 warning unexpected-seq: 'language' takes a single value, write the only item without the list",
            id="list of one",
        ),
        pytest.param(
            "deploy:\n  provider: openshift\n  domain: example.org\n",
            "3:3 warning unknown-key: unknown key 'domain' in 'deploy' (openshift), it is an option of 'surge'",
            id="option of another provider",
        ),
        pytest.param(
            "jobs:\n  include:\n    - stages: [a]\n",
            "3:7 warning unknown-key: unknown key 'stages' in a job, it belongs at the top level, or did you mean "
            "'stage'?",
            id="near key",
        ),
        pytest.param(
            "jobs:\n  include:\n    - notifications: {email: false}\n",
            "3:7 warning unknown-key: unknown key 'notifications' in a job, it belongs at the top level",
            id="key of the top level",
        ),
        pytest.param(
            "notifications:\n  slack:\n    rooms: $ROOM\n    on_start: always\n",
            "4:5 warning unknown-key: unknown key 'on_start' in 'notifications.slack', Travis ignores it",
            id="key of a neighbor",
        ),
        pytest.param(
            "deploy:\n  provider: script\n  script: make\n  repo: acme/demo\n",
            "4:3 warning unknown-key: unknown key 'repo' in 'deploy' (script), it belongs in 'deploy.on'",
            id="key of a map below",
        ),
        pytest.param(
            "mysql: 5.7\n",
            "1:1 warning unknown-key: unknown key 'mysql', list it under 'services' to start it",
            id="service",
        ),
        pytest.param(
            "services:\n  - pgsql\n",
            "2:5 error unknown-value: unknown value 'pgsql' for 'services', did you mean 'postgresql'?",
            id="value people mean",
        ),
        pytest.param(
            "notifications:\n  email:\n    on_failure: me@example.org\n",
            "3:17 error unknown-value: unknown value 'me@example.org' for 'on_failure', use 'always', 'never' or "
            "'change'",
            id="value of a short list",
        ),
        pytest.param(
            "deploy:\n  provider: atlas\n",
            "2:13 error unknown-value: unknown value 'atlas' for 'provider', Travis no longer supports this provider",
            id="provider that is gone",
        ),
    ],
)
def test_wording(text: str, said: str) -> None:
    assert [line(one) for one in findings(text) if one.official is not None] == [said]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"notifications:\n  slack: acme:{SECRET}\n", id="plain secret"),
        pytest.param(f"deploy:\n  provider: npm\n  api_token: [{SECRET}, b]\n", id="list of secrets"),
        pytest.param(f"env:\n  - TOKEN='{SECRET}\n", id="open quote"),
        pytest.param(f"TOKEN={SECRET}: 1\n", id="assignment as a key"),
        pytest.param(f"addons: TOKEN={SECRET}\n", id="assignment as a section"),
        pytest.param(
            f"deploy:\n  provider: npm\n  api_token:\n    secure: '{SECRET}!'\n", id="text that is not encrypted"
        ),
        pytest.param(f"deploy:\n  provider: npm\n  api_token: {{a: {SECRET}, b: c}}\n", id="map for a secret"),
        pytest.param(f"vault:\n  api_url: x\n  token: {SECRET}\n", id="vault"),
    ],
)
def test_no_message_holds_a_secret(text: str) -> None:
    found = findings(text)
    assert found
    assert [one.message for one in found if SECRET in one.message] == []


@pytest.mark.parametrize("code", CODES)
def test_messages_are_one_sentence_in_lower_case(code: str) -> None:
    rule = service_rule(code)
    for one in findings(rule.bad, rule.name):
        assert one.message[0].islower() or one.message[0] == "'" or one.message.startswith("Travis")
        assert not one.message.endswith(".")
        assert "\n" not in one.message


def test_a_misspelled_key_hides_the_correct_one() -> None:
    text = "before_install: a\nbefore-install: b\nbranches:\n  ony: [a]\n  only: [b]\n"
    assert [line(one) for one in findings(text, "overwrite")] == [
        "1:1 error overwrite: Travis ignores this 'before_install', since it reads 'before-install' as 'before_install' too",
        "5:3 error overwrite: Travis ignores this 'only', since it reads 'ony' as 'only' too",
    ]
    assert [one.rule for one in lint(reading(text), "service")].count("overwrite") == 0


@pytest.mark.parametrize(("path", "name"), [pytest.param(*place, id=" ".join(place)) for place in _MEANT])
def test_what_people_mean_is_in_the_schemas(path: str, name: str) -> None:
    homes = _homes()
    *around, meant = _MEANT[path, name].split(": ")
    assert ".".join(one for one in (path, *around) if one) in homes[meant]
    assert path not in homes.get(name, [])


def test_what_is_handed_to_several_sections_is_said_once() -> None:
    found = findings("notifications:\n  on_success: true\n  email: a@example.org\n  slack: $A\n", "alias-value")
    assert [line(one) for one in found] == ["2:15 info alias-value: 'true' is another name for 'always'"]
