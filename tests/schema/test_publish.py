"""The published schema: complete, standalone, small; and what it takes and refuses, in both loadings."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema.parsers import ParserSet  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator

from travistool.document.dialect import resolve
from travistool.document.parse import parse
from travistool.pipeline import read
from travistool.schema import spelling
from travistool.schema.keys import underscored
from travistool.schema.publish import ID, publish
from travistool.schema.store import load
from travistool.schema.traverse import children, reachable
from travistool.source import Source

SCHEMA: dict[str, Any] = publish()
VALIDATOR = Draft202012Validator(SCHEMA)

ACCEPTED = [
    pytest.param("", id="empty file"),
    pytest.param("language: python", id="language"),
    pytest.param("language: Python", id="case of a value"),
    pytest.param("language: C++", id="case of another name of a value"),
    pytest.param("language: node", id="another name of a value"),
    pytest.param("python: 3.1", id="number where text is wanted"),
    pytest.param("python: 3", id="integer where text is wanted"),
    pytest.param("python: [3.10, '3.11']", id="list"),
    pytest.param("python: [[3.10], '3.11']", id="list in a list"),
    pytest.param("script: true", id="boolean where text is wanted"),
    pytest.param("script: 2020-02-02", id="date"),
    pytest.param("script:", id="null"),
    pytest.param("script: ''", id="empty text"),
    pytest.param("script: []", id="empty list"),
    pytest.param("script: {}", id="empty map for a list"),
    pytest.param("script: [make, null]", id="null in a list"),
    pytest.param("before-script: make", id="dashes in a key"),
    pytest.param("beforeScript: make", id="camel case key"),
    pytest.param("Before_Script: make", id="capitals in a key"),
    pytest.param("SCRIPT: make", id="key in capitals"),
    pytest.param("matrix: {include: [{os: osx}]}", id="another name of a key"),
    pytest.param("matrix: {fast-failure: true}", id="another name of a key with dashes"),
    pytest.param("_anchors: {a: [1]}", id="private key"),
    pytest.param(".anchors: 1", id="private key with a dot"),
    pytest.param("addons: {_x: 1, apt: {_y: 2}}", id="private keys inside"),
    pytest.param("_a: &a {os: osx}\njobs: {include: [{<<: *a, script: make}]}", id="merge key"),
    pytest.param("<<: &a {os: osx}\nscript: make", id="merge key with an anchor"),
    pytest.param("script: &s [make]\ninstall: *s", id="alias"),
    pytest.param("nonsense:", id="unknown key with nothing in it"),
    pytest.param("jobs: {fast_finish: yes}", id="yes"),
    pytest.param("jobs: {fast_finish: 'on'}", id="on as text"),
    pytest.param("sudo: required", id="word for a boolean"),
    pytest.param("sudo: not required", id="words for a boolean"),
    pytest.param("git: {depth: 3}", id="number"),
    pytest.param("git: {depth: '3'}", id="text where a number is wanted"),
    pytest.param("git: {depth: false}", id="boolean or number"),
    pytest.param("git: {autocrlf: input}", id="boolean or text"),
    pytest.param("env: A=1", id="env as text"),
    pytest.param("env: [A=1 B=2, C=3]", id="env as a list"),
    pytest.param("env: {A: 1, B: true}", id="env as a map"),
    pytest.param("env: {global: [A=1, {secure: YWJj}], jobs: [B=2]}", id="env with global and jobs"),
    pytest.param("env: {global: {A: 1}, matrix: B=2}", id="env with another name"),
    pytest.param("env: {global: A=1, B: 2}", id="env with rows beside global"),
    pytest.param("env: {secure: YWJj}", id="env as a secret"),
    pytest.param("env: {A: {secure: YWJj}}", id="secret value in env"),
    pytest.param("os: Mac", id="single item, other name, case"),
    pytest.param("branches: [main]", id="branches as a list"),
    pytest.param("branches: main", id="branches as text"),
    pytest.param("branches: {exclude: /x/}", id="branches with another name"),
    pytest.param("jobs: [{os: osx}]", id="jobs as a list"),
    pytest.param("jobs: {os: osx, python: 3.8}", id="one job as a map"),
    pytest.param("jobs: {allow_failures: [{os: osx}], python: 3.8}", id="one job beside other keys"),
    pytest.param("stages: [a, {name: b, if: branch = x}]", id="stages"),
    pytest.param("import: ./a.yml", id="import as text"),
    pytest.param("cache: pip", id="cache preset"),
    pytest.param("cache: [pip, ~/.m2, {directories: [x]}]", id="cache presets and folders"),
    pytest.param("cache: false", id="no cache"),
    pytest.param("cache: {pip: true, timeout: 5}", id="cache as a map"),
    pytest.param("deploy: heroku", id="provider as text"),
    pytest.param("deploy: {provider: pypi, on: {tags: true}}", id="deploy with on"),
    pytest.param("deploy: {provider: script, script: x, on: main}", id="on as text"),
    pytest.param("deploy: {provider: script, script: x, true: {tags: true}}", id="on as YAML 1.1 reads it"),
    pytest.param("deploy: {provider: npm, api-key: {secure: YWJj}}", id="another name in a provider, dashes"),
    pytest.param("deploy: {provider: npm, skip_cleanup: true}", id="deprecated key"),
    pytest.param("deploy: [{provider: script, script: a}, {provider: script, script: b}]", id="deploy as a list"),
    pytest.param("notifications: false", id="no notifications"),
    pytest.param("notifications: a@example.com", id="notifications as an address"),
    pytest.param("notifications: {recipients: [a@example.com], on_success: never}", id="email keys at the top"),
    pytest.param("notifications: {email: false, slack: {secure: YWJj}}", id="secret for rooms"),
    pytest.param("notifications: {slack: {secure: YWJj, on_success: change}}", id="secret beside other keys"),
    pytest.param("notifications: {email: {disabled: true}}", id="disabled"),
    pytest.param("notifications: {email: {on_success: false}}", id="boolean for a frequency"),
    pytest.param("notifications: {webhooks: {urls: {secure: YWJj}, on_start: always}}", id="secret url"),
    pytest.param("notifications: {irc: 'irc.example.com#x'}", id="channel as text"),
    pytest.param("notifications: {slack: {rooms: [$ROOM]}}", id="variable for a secret"),
    pytest.param("notifications: {irc: {channels: [x], template: '%{commit} by %{author}'}}", id="template"),
    pytest.param("addons: {apt: [a, b]}", id="packages as a list"),
    pytest.param("addons: {apt: {sources: [{sourceline: x}, y], packages: a}}", id="sources"),
    pytest.param("addons: {sauce_connect: true}", id="addon switched on"),
    pytest.param("addons: {firefox: 63.0, chrome: Stable}", id="versions of browsers"),
    pytest.param("version: '~> 1.0'", id="version"),
    pytest.param("vault: {api_url: x, token: $TOKEN}", id="required keys"),
]

REJECTED = [
    pytest.param("- a", id="not a map"),
    pytest.param("pyhton: 3.8", id="unknown key"),
    pytest.param("before_scripts: make", id="typo in a key"),
    pytest.param("Before_Scripts: make", id="typo in a key with capitals"),
    pytest.param("language: pyton", id="typo in a value"),
    pytest.param("language: [python]", id="list for one value"),
    pytest.param("os: [linux, beos]", id="unknown value in a list"),
    pytest.param("script: {a: b}", id="map for text"),
    pytest.param("before-script: {a: b}", id="map for text under a key with dashes"),
    pytest.param("addons: x", id="text for a map"),
    pytest.param("git: {depth: deep}", id="text for a number"),
    pytest.param("git: {quiet: 1}", id="number for a boolean"),
    pytest.param("jobs: {fast_finish: maybe}", id="text for a boolean"),
    pytest.param("env: {A: [1, 2]}", id="list for a variable"),
    pytest.param("env: false", id="boolean for env"),
    pytest.param("env: {jobs: A=1, B: 2}", id="rows beside jobs"),
    pytest.param("jobs: {include: [{os: osx}], python: 3.8}", id="job keys beside include"),
    pytest.param("jobs: {include: [{pyhton: 3.8}]}", id="unknown key in a job"),
    pytest.param("jobs: []\nmatrix: []", id="key and its other name"),
    pytest.param("deploy: {provider: pypi, user: a, username: b}", id="key and its other name in a provider"),
    pytest.param("deploy: {provider: npm, tag: a, branch: b}", id="key of another provider"),
    pytest.param("deploy: {on: main}", id="no provider"),
    pytest.param("deploy: {}", id="empty deployment"),
    pytest.param("deploy: {provider: piypi}", id="unknown provider"),
    pytest.param("deploy: pipy", id="unknown provider as text"),
    pytest.param("deploy: false", id="boolean for a deployment"),
    pytest.param("deploy: {provider: puppetforge, user: a, password: $P}", id="other name of a required key"),
    pytest.param("vault: {api_url: x}", id="required key missing"),
    pytest.param("vault: {api_url: x, token: }", id="required key with nothing in it"),
    pytest.param("deploy: {provider: npm, api_token: 123abc}", id="plain text for a secret"),
    pytest.param("deploy: {provider: npm, api_token: {secure: 'not encoded!'}}", id="not encrypted"),
    pytest.param("env: {global: {secure: 'not encoded!'}}", id="not encrypted in env"),
    pytest.param("notifications: {slack: {rooms: $R, secure: YWJj}}", id="secret beside rooms"),
    pytest.param("notifications: {email: {on_success: sometimes}}", id="unknown frequency"),
    pytest.param("notifications: {irc: {channels: [x], template: '%{comit}'}}", id="unknown variable"),
    pytest.param("notifications: {twitter: x}", id="unknown kind of notification"),
    pytest.param("cache: true", id="boolean for cache"),
    pytest.param("cache: {pip: sometimes}", id="text for a preset"),
    pytest.param("addons: {apt: {pakages: a}}", id="unknown key in an addon"),
    pytest.param("version: 1", id="format"),
    pytest.param("stages: [{name: [a]}]", id="list for a name"),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepts(text: str) -> None:
    assert [error.message for config in _loaded(text) for error in VALIDATOR.iter_errors(config)] == []
    assert _loud(text) - {"deprecated_key"} == set()


@pytest.mark.parametrize("text", REJECTED)
def test_rejects(text: str) -> None:
    assert [VALIDATOR.is_valid(config) for config in _loaded(text)] == [False] * len(_loaded(text))
    assert _loud(text) - {"deprecated_key"}


@pytest.mark.heavy
def test_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert SCHEMA["$id"] == ID


def test_stands_alone_and_has_nothing_unused() -> None:
    refs = {schema["$ref"] for schema in _schemas(SCHEMA) if "$ref" in schema}
    assert refs == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_every_property_has_a_description() -> None:
    missing = []
    for schema in _schemas(SCHEMA):
        for name, key in schema.get("properties", {}).items():
            is_test = key.keys() == {"const"}
            described = key.get("description") or _target(key).get("description")
            missing += [] if is_test or described else [name]
    assert not missing


def test_every_key_is_described_by_its_shape() -> None:
    text = json.dumps(SCHEMA, ensure_ascii=False)
    described = [shape.description for parent in reachable(load().root) for shape in children(parent)]
    assert all(json.dumps(description, ensure_ascii=False)[1:-1] in text for description in described)


def test_deprecations_and_defaults_are_shown() -> None:
    assert SCHEMA["properties"]["language"]["default"] == "ruby"
    sudo = _target(SCHEMA["properties"]["sudo"]) | SCHEMA["properties"]["sudo"]
    assert sudo["deprecated"] is True
    assert "no effect anymore" in sudo["description"]


def test_is_small_and_always_the_same() -> None:
    text = json.dumps(SCHEMA, indent=2)
    assert len(text) < 400_000
    assert text == json.dumps(publish(), indent=2)


def test_patterns_are_read_alike_everywhere() -> None:
    patterns = [schema["pattern"] for schema in _schemas(SCHEMA) if isinstance(schema.get("pattern"), str)]
    patterns += [pattern for schema in _schemas(SCHEMA) for pattern in schema.get("patternProperties", {})]
    # Escapes of what needs none are errors in the Unicode mode of ECMAScript.
    assert not [pattern for pattern in patterns if re.search(r"\\[^\ws${}()+.*\[\]|^/?-]|\(\?[^:=!]", pattern)]


@pytest.mark.parametrize("change", [str, str.upper, str.title, underscored], ids=lambda change: change.__name__)
@pytest.mark.parametrize("joint", ["_", "-", ""])
def test_other_spellings_of_keys_are_those_that_travis_repairs(change: Any, joint: str) -> None:
    wrong = []
    for parent in reachable(load().root):
        for key in filter(str.islower, parent.keys):
            written = joint.join(map(change, key.split("_")))
            repaired = written not in parent.keys and underscored(written) == key
            loose = joint == "" and change is str.upper
            if not loose and bool(re.search(spelling.other_keys([key], []), written)) != repaired:
                wrong.append(written)
    assert not wrong


def _loaded(text: str) -> list[Any]:
    """Return the config in both loadings, where ours finds a map."""
    theirs = ParserSet().parse_data_with_path(text.encode(), ".travis.yml", "yaml")
    ours, _ = resolve(parse(Source(".travis.yml", text)))
    return [theirs] if ours is None else [theirs, ours.plain()]


def _loud(text: str) -> set[str]:
    """Return what Travis says above info."""
    reading = read(Source(".travis.yml", text))
    if reading.normal is None:
        return {"unreadable"}
    return {message.code for message in reading.normal.messages if message.level != "info"}


def _target(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    found: dict[str, Any] = SCHEMA["$defs"].get(name, {})
    return found


def _schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema and all inside it. A map of keys is passed over, its schemas are not."""
    if isinstance(schema, list):
        for item in schema:
            yield from _schemas(item)
    elif isinstance(schema, dict):
        yield schema
        for name, value in schema.items():
            if name in ("properties", "patternProperties", "$defs"):
                for inner in value.values():
                    yield from _schemas(inner)
            elif name not in ("enum", "const", "default", "examples", "required"):
                yield from _schemas(value)


def test_the_file_in_docs_is_current(update_golden: bool) -> None:
    """Its address is the schema's $id: what SchemaStore and editors load."""
    page = Path(__file__).resolve().parents[2] / "docs" / "travis.schema.json"
    text = json.dumps(publish(), ensure_ascii=False, separators=(",", ":")) + "\n"
    if update_golden:
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text
    assert ID.endswith("/docs/travis.schema.json")
