"""The schema files keep the rules of meta.json, and meta.json notices when they do not."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from travistool.schema import sources
from travistool.schema.sources import Sources

SCHEMAS = Path(__file__).parents[2] / "schemas"
META = json.loads((SCHEMAS / "meta.json").read_text())
FILES = {
    path.relative_to(SCHEMAS).as_posix(): json.loads(path.read_text())
    for path in sorted(SCHEMAS.rglob("*.json"))
    if path.name not in ("meta.json", "misspellings.json")
}
VALIDATOR = Draft202012Validator(META)


def errors(schema: object) -> list[str]:
    return sorted(f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(schema))


def test_meta_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(META)


@pytest.mark.parametrize("name", FILES)
def test_file_keeps_the_rules(name: str) -> None:
    assert errors(FILES[name]) == []


@pytest.mark.parametrize(
    ("place", "change", "message"),
    [
        pytest.param(
            ["properties", "python"],
            {"x-axes": True},
            "$.properties.python: Additional properties are not allowed ('x-axes' was unexpected)",
            id="misspelled x- keyword",
        ),
        pytest.param(
            ["properties", "virtualenv"],
            {"maxProperties": 1},
            "$.properties.virtualenv: Additional properties are not allowed ('maxProperties' was unexpected)",
            id="standard keyword we do not read",
        ),
        pytest.param(
            ["properties", "python"],
            {"description": ""},
            "$.properties.python.description: '' should be non-empty",
            id="empty description",
        ),
        pytest.param(
            ["properties", "python"],
            {"deprecated": True},
            "$.properties.python: 'x-deprecated' is a dependency of 'deprecated'",
            id="deprecated without a reason",
        ),
        pytest.param(
            ["properties", "python"],
            {"x-only": {"languages": ["python"]}},
            "$.properties.python['x-only']: 'languages' is not one of ['language', 'os', 'dist', 'arch']",
            id="unknown limit",
        ),
    ],
)
def test_mistake_is_found(place: list[str], change: dict[str, Any], message: str) -> None:
    schema = copy.deepcopy(FILES["languages/python.json"])
    target = schema
    for key in place:
        target = target[key]
    target.update(change)
    assert errors(schema) == [message]


def properties(schema: object, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every property of a schema and of those inside it, with its path."""
    if isinstance(schema, list):
        for item in schema:
            yield from properties(item, path)
    elif isinstance(schema, dict):
        for keyword, value in schema.items():
            if keyword in ("properties", "patternProperties", "$defs"):
                for key, child in value.items():
                    if keyword == "properties":
                        yield f"{path}.{key}", child
                    yield from properties(child, f"{path}.{key}")
            else:
                yield from properties(value, path)


def test_every_property_has_a_description() -> None:
    found = [item for name, schema in FILES.items() for item in properties(schema, name)]
    assert len(found) > 600
    assert [path for path, schema in found if not schema.get("description")] == []


def refs(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from refs(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref":
                yield item
            else:
                yield from refs(item)


def test_every_ref_resolves_and_every_def_is_used() -> None:
    source = Sources(sources.read(str(SCHEMAS)))
    used = {ref for name in FILES for ref in refs(source.lookup(name))}
    assert [ref for ref in sorted(used) if not source.lookup(ref)] == []
    defined = {f"{name}#/$defs/{key}" for name, schema in FILES.items() for key in schema.get("$defs", ())}
    assert defined - used == set()


def test_readme_explains_every_keyword() -> None:
    known = {key for key in META["$defs"]["schema"]["properties"] if key.startswith("x-")}
    readme = (SCHEMAS / "README.md").read_text()
    rows = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `x-")]
    explained = {word.strip(" `") for row in rows for word in row.split(",")}
    assert explained == known
