"""`[tool.travistool]`, key by key."""

from tomllib import loads

import pytest

from travistool.diagnostics import Severity
from travistool.errors import UsageError
from travistool.lint.selection import Layer
from travistool.lint.settings import KEYS, Settings, settings

FULL = """
profile = "service"
select = ["schema", "yaml_syntax"]
ignore = ["alias-key"]
extend-select = ["default"]
severity = { unknown-key = "error", edge = "info" }
fail-on = "never"
baseline = "old.json"
shell = true
simulate = { pids = 7 }
[per-path]
"a/**" = { ignore = ["edge"] }
"b.yml" = { ignore = ["schema"] }
"""


def test_all_keys() -> None:
    assert set(loads(FULL)) == set(KEYS)
    assert settings(loads(FULL), "x.toml") == Settings(
        "service",
        "never",
        "old.json",
        Layer(("schema", "yaml-syntax"), ("default",), ("alias-key",)),
        (("unknown-key", Severity.ERROR), ("edge", Severity.INFO)),
        (("a/**", ("edge",)), ("b.yml", ("schema",))),
        shell=True,
    )


def test_no_keys() -> None:
    assert settings({}, "x.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param("ignroe = []", "unknown key 'ignroe'", "did you mean 'ignore'?", id="key"),
        pytest.param("zzzzzz = 1", "unknown key 'zzzzzz'", f"there are: {', '.join(KEYS)}", id="key far from all"),
        pytest.param(
            'profile = "servise"',
            "'profile' takes one of default, strict, security, modernize, pedantic, service, not 'servise'",
            "did you mean 'service'?",
            id="profile",
        ),
        pytest.param(
            "profile = 1",
            "'profile' takes one of default, strict, security, modernize, pedantic, service, not '1'",
            "",
            id="profile that is a number",
        ),
        pytest.param(
            'fail-on = "warn"',
            "'fail-on' takes one of error, warning, info, never, not 'warn'",
            "there are: error, warning, info, never",
            id="fail-on",
        ),
        pytest.param('select = "ALL"', "'select' takes a list of rules and groups, not 'ALL'", "", id="no list"),
        pytest.param("select = [true]", "'select' takes a list of rules and groups, not true in it", "", id="no name"),
        pytest.param(
            'ignore = ["unknwn-key"]',
            "'ignore': there is no rule or group 'unknwn-key'",
            "did you mean 'unknown-key'?",
            id="rule",
        ),
        pytest.param("baseline = []", "'baseline' takes a text, not a list", "", id="baseline"),
        pytest.param("baseline = {}", "'baseline' takes a text, not a table", "", id="table"),
        pytest.param(
            'severity = "info"', "'severity' takes a table of rules and severities, not 'info'", "", id="severity"
        ),
        pytest.param(
            'severity = { edge = "warnin" }',
            "'severity.edge' takes one of error, warning, info, not 'warnin'",
            "did you mean 'warning'?",
            id="severity of a rule",
        ),
        pytest.param(
            'severity = { edgy = "info" }',
            "'severity': there is no rule or group 'edgy'",
            "did you mean 'edge'?",
            id="rule of a severity",
        ),
        pytest.param(
            'severity = { schema = "info" }',
            "'severity' takes rules, not the group 'schema'",
            "",
            id="group of severity",
        ),
        pytest.param("per-path = []", "'per-path' takes a table of globs, not a list", "", id="per-path"),
        pytest.param(
            'per-path = { "a/*" = ["edge"] }',
            "'a/*' takes a table such as { ignore = [...] }, not a list",
            "",
            id="glob",
        ),
        pytest.param(
            'per-path = { "a/*" = { ignor = [] } }',
            "unknown key 'per-path.a/*.ignor'",
            "did you mean 'ignore'?",
            id="key of a glob",
        ),
    ],
)
def test_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        settings(loads(text), "x.toml")
    assert (raised.value.message, raised.value.hint) == (f"x.toml: {message}", hint)


@pytest.mark.parametrize(
    ("glob", "paths", "others"),
    [
        pytest.param("a.yml", ["a.yml", "b/c/a.yml"], ["b.yml", "a.yml/c", "xa.yml"], id="name"),
        pytest.param("*.yml", ["a.yml", "b/.yml"], ["a.yaml"], id="star"),
        pytest.param("a/*.yml", ["a/b.yml"], ["a/b/c.yml", "x/a/b.yml"], id="star stays in the folder"),
        pytest.param("./a/b.yml", ["a/b.yml"], ["b.yml"], id="here"),
        pytest.param("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"], id="below"),
        pytest.param("a/", ["a/b", "a/b/c"], ["a", "b/a/c"], id="folder"),
        pytest.param("**/a/*", ["a/b", "x/y/a/b"], ["a", "xa/b"], id="any depth"),
        pytest.param("a/**/b", ["a/b", "a/x/y/b"], ["a/xb"], id="any depth between"),
        pytest.param("a?.yml", ["ab.yml"], ["a.yml", "a/.yml"], id="question mark"),
        pytest.param("[a].yml", ["[a].yml"], ["a.yml"], id="other signs mean themselves"),
        pytest.param("../a.yml", ["../a.yml"], ["a.yml"], id="above"),
    ],
)
def test_globs(glob: str, paths: list[str], others: list[str]) -> None:
    found = settings({"per-path": {glob: {"ignore": ["edge"]}}}, "x.toml")
    matched = [path for path in (*paths, *others) if len(found.layers(path)) == 2]
    assert matched == paths
