"""What the compiler makes of small schema folders: one rule of the files at a time."""

import json
from collections.abc import Mapping

import pytest

from travistool.errors import SchemaError
from travistool.schema import compiler, store
from travistool.schema.shape import Shape

Files = Mapping[str, object]


def compiled(files: Files) -> Shape:
    """Return the root shape of schemas given as data."""
    return store.made(compiler.compiled({name: json.dumps(schema).encode() for name, schema in files.items()})).root


def outline(shape: Shape) -> object:
    """Return a shape as a small value: kinds, keys and items."""
    if shape.kind == "map":
        inside: dict[str, object] = {}
        for key in shape.keys:
            child = shape.key(key)
            assert child is not None
            inside[key] = outline(child)
        return inside
    if shape.kind == "list":
        return [outline(shape.item)]
    if shape.kind == "choice":
        return tuple(outline(form) for form in shape.forms)
    return shape.kind


STRINGS: dict[str, object] = {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"travis.json": {"type": "object", "properties": {"a": {"$ref": "types.json#/$defs/many"}}},
             "types.json": {"$defs": {"many": STRINGS}}},
            {"a": ["string"]},
            id="ref into another file",
        ),
        pytest.param(
            {"travis.json": {"type": "object", "properties": {"a": {"$ref": "in/a.json"}}},
             "in/a.json": {"type": "object", "properties": {"b": {"$ref": "../b.json"}}},
             "b.json": {"type": "number"}},
            {"a": {"b": "number"}},
            id="refs are relative to their file",
        ),
        pytest.param(
            {"travis.json": {"type": "object", "properties": {"z": {"type": "string"}},
                             "allOf": [{"properties": {"b": {"type": "string"}}}, {"$ref": "job.json"}]},
             "job.json": {"properties": {"a": {"type": "string"}, "z": {"type": "number"}}}},
            {"z": "string", "b": "string", "a": "string"},
            id="allOf: own keys first, then part by part; the first wins",
        ),
        pytest.param(
            {"travis.json": {"type": "object", "properties": {"deploy": {"x-select": "provider", "x-forms": "to"}}},
             "to/_common.json": {"properties": {"provider": {"type": "string"}}},
             "to/b.json": {"type": "object", "properties": {"x": {"type": "string"}},
                           "allOf": [{"$ref": "_common.json"}]},
             "to/a.json": {"type": "object", "allOf": [{"$ref": "_common.json"}]}},
            {"deploy": ({"x": "string", "provider": "string"}, {"provider": "string"})},
            id="a choice among the files of a folder, in the order given",
        ),
        pytest.param(
            {"travis.json": {"type": "object", "properties": {"a": {"x-secret": "strict", "type": ["string", "object"]},
                                                              "b": {"anyOf": [{"type": "boolean"}, STRINGS]}}}},
            {"a": "secret", "b": ("boolean", ["string"])},
            id="secret and choice",
        ),
    ],
)  # fmt: skip
def test_shape(files: Files, expected: object) -> None:
    assert outline(compiled(files)) == expected


def language(**properties: dict[str, object]) -> dict[str, object]:
    return {"properties": {key: {"description": key, **value} for key, value in properties.items()}}


LANGUAGES: Files = {
    "travis.json": {
        "type": "object",
        "properties": {"language": {"type": "string", "x-languages": "names"}, "jobs": {"$ref": "jobs.json"}},
        "allOf": [{"x-languages": "lists"}],
    },
    "jobs.json": {"type": "object", "allOf": [{"x-languages": "values"}]},
    "languages/b.json": {**language(jdk={**STRINGS, "x-axis": True, "x-aliases": ["java"]}, lein={"type": "string"}),
                         "x-aliases": ["bee"]},
    "languages/a.json": language(jdk={**STRINGS, "x-axis": True}, parts=STRINGS),
    "languages/c.json": {**language(task={"type": "array", "x-axis": True, "items": {"type": "string"},
                                          "x-job": {"type": "boolean"}}, odd={"type": "string"}),
                         "x-after": "a", "x-guess": False},
}  # fmt: skip


def test_language_keys_are_lists_in_the_root_and_values_in_a_job() -> None:
    assert outline(compiled(LANGUAGES)) == {
        "language": "string",
        "jobs": {"jdk": "string", "parts": ["string"], "task": "boolean", "odd": "string", "lein": "string"},
        "jdk": ["string"],
        "parts": ["string"],
        "task": ["string"],
        "odd": "string",
        "lein": "string",
    }


def test_a_key_of_several_languages_is_one_key() -> None:
    root = compiled(LANGUAGES)
    jdk, jobs = root.key("jdk"), root.key("jobs")
    assert jdk is not None
    assert jobs is not None
    in_job = jobs.key("jdk")
    assert in_job is not None
    assert (jdk.only, jdk.aliases, jdk.axis) == ({"language": ("a", "b")}, ("java",), True)
    assert (in_job.only, in_job.aliases, in_job.axis) == ({"language": ("a", "b")}, ("java",), False)


def test_language_names_are_values_those_with_aliases_first() -> None:
    name = compiled(LANGUAGES).key("language")
    assert name is not None
    assert name.values == ("b", "a", "c")
    assert name.value_aliases == {"bee": "b"}


def test_keys_that_no_typo_is_taken_for() -> None:
    root = compiled(LANGUAGES)
    assert root.own_keys == ("language", "jobs", "jdk", "parts", "task", "lein", "java")


@pytest.mark.parametrize(
    ("schema", "accepted"),
    [
        pytest.param(STRINGS, ["string"], id="list: its item"),
        pytest.param(
            {"type": "object", "x-prefix": "a", "properties": {"a": {"type": "number"}}}, ["number"], id="prefix"
        ),
        pytest.param({"type": "object", "x-shorthand": "enable"}, ["boolean"], id="enable"),
        pytest.param({"type": "boolean", "x-accepts": [{"type": "string"}]}, ["string"], id="listed"),
    ],
)
def test_accepted_forms(schema: object, accepted: list[object]) -> None:
    key = compiled({"travis.json": {"type": "object", "properties": {"key": schema}}}).key("key")
    assert key is not None
    assert [outline(form) for form in key.accepts] == accepted


def test_facts_about_the_keys_of_a_map() -> None:
    root = compiled(
        {
            "travis.json": {
                "type": "object",
                "additionalProperties": False,
                "required": ["b"],
                "properties": {
                    "a": {**STRINGS, "x-defaults": [{"value": "x", "only": {"os": ["linux"]}}]},
                    "b": {"type": "string", "x-unique": "list", "x-aliases": ["bee"]},
                    "c": {"type": "string", "deprecated": True, "x-deprecated": "gone"},
                },
            }
        }
    )
    assert root.strict
    assert root.required == ("b",)
    assert root.default_keys == ("a",)
    assert root.unique_keys == ("b",)
    assert root.aliased == {"bee": "b"}
    assert root.deprecated_keys == {"c": "gone"}
    first = root.key("a")
    assert first is not None
    assert [(default.value, default.only, default.but) for default in first.item.defaults] == [
        ("x", {"os": ("linux",)}, {})
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({"travis.json": {"$ref": "gone.json"}}, "no schema 'gone.json'", id="no such file"),
        pytest.param({"travis.json": {"$ref": "#/$defs/x"}}, "no schema 'travis.json#/$defs/x'", id="no such place"),
        pytest.param(
            {"travis.json": {"type": "object"}, "languages/a.json": {"properties": {}, "x-after": "b"}},
            "x-after names no language in: a",
            id="unknown place of a language",
        ),
    ],
)
def test_error(files: Files, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        compiled(files)
    assert caught.value.message == message


def test_error_names_a_file_that_is_not_json() -> None:
    with pytest.raises(SchemaError, match=r"^schemas/travis\.json is not JSON: Expecting value"):
        compiler.compiled({"travis.json": b"oops"})
